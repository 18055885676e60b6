/** A member of a database cluster, as far as choosing among them goes. */
export interface Member {
  readonly id: string;
  readonly isWriter: boolean;
  /** 0 to 15; the lowest is promoted first. */
  readonly promotionTier: number;
  /** Such as `available`. */
  readonly status: string;
  readonly zone: string;
  /** Such as `db.r6g.large`. */
  readonly instanceClass: string;
}

/** Sizes of instance classes, the smallest first. */
const SIZES = ['micro', 'small', 'medium', 'large', 'xlarge'];

/**
 * Chooses the reader to promote: a healthy one of the lowest promotion tier, then one in another zone
 * than the writer's, then one of at least the writer's size, then the first by name, so that the same
 * cluster always gives the same answer. Undefined when no reader is healthy.
 */
export function chooseTarget(members: readonly Member[]): string | undefined {
  const writer = members.find(({ isWriter }) => isWriter);
  const readers = members.filter((member) => !member.isWriter && member.status === 'available');
  const [best] = readers.toSorted(
    (a, b) =>
      a.promotionTier - b.promotionTier ||
      Number(sharesZone(a, writer)) - Number(sharesZone(b, writer)) ||
      Number(isSmaller(a, writer)) - Number(isSmaller(b, writer)) ||
      (a.id < b.id ? -1 : 1),
  );
  return best?.id;
}

function sharesZone(member: Member, writer: Member | undefined): boolean {
  return member.zone === writer?.zone;
}

function isSmaller(member: Member, writer: Member | undefined): boolean {
  return writer !== undefined && sizeOf(member.instanceClass) < sizeOf(writer.instanceClass);
}

/** The rank of a class by its size; a class without one, such as `db.serverless`, grows by itself. */
function sizeOf(instanceClass: string): number {
  const size = instanceClass.split('.').at(-1) ?? '';
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  if (times !== undefined) return SIZES.length - 1 + Number(times);
  const index = SIZES.indexOf(size);
  return index === -1 ? Number.POSITIVE_INFINITY : index;
}
