/** The reason for which a text is no path. */
export class PathRefusal extends Error {}
