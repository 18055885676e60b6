import { ERROR } from '../../error-names.ts';
import { StateFailure } from '../../state-failure.ts';

/** The failure of an ItemReader that cannot read its items. */
export function readerFailed(cause: string): StateFailure {
  return new StateFailure(ERROR.itemReaderFailed, cause, { bare: true });
}
