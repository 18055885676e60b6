"""Names seats."""


def names_of(area, count):
    return ["%s-%d" % (area, number) for number in range(1, count + 1)]
