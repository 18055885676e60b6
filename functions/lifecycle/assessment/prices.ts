import {
  type InferOutput,
  integer,
  isoDate,
  literal,
  minValue,
  number,
  object,
  parse,
  partialCheck,
  picklist,
  pipe,
  record,
  string,
} from 'valibot';
import prices from './prices.json' with { type: 'json' };
import { TRANSITION_CLASSES } from './storage-class.ts';

const MicroDollarsSchema = pipe(number(), integer(), minValue(0));
const BILLED_BY_GB = [
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
] as const;

/** A storage class that is billed by the gigabyte alone. */
export type BilledClass = (typeof BILLED_BY_GB)[number];

const RegionPricesSchema = object({
  /** Millionths of a dollar for a gigabyte (2^30 bytes) and a month. */
  storageMicroDollarsPerGb: record(picklist(BILLED_BY_GB), MicroDollarsSchema),
  /** Millionths of a dollar for a thousand objects that come into the class. */
  transitionMicroDollarsPer1000: record(picklist(TRANSITION_CLASSES), MicroDollarsSchema),
});

const PriceTableSchema = pipe(
  object({
    /** The day on which the prices were read. */
    asOf: pipe(string(), isoDate()),
    currency: literal('USD'),
    source: string(),
    regions: record(string(), RegionPricesSchema),
    fallbackRegion: string(),
  }),
  partialCheck(
    [['regions'], ['fallbackRegion']],
    ({ regions, fallbackRegion }) => regions[fallbackRegion] !== undefined,
    'Has no prices for its own fallback',
  ),
);

/** The prices of S3 as of a day, by Region. */
export type PriceTable = InferOutput<typeof PriceTableSchema>;

/** The prices of S3 in one Region. */
export interface RegionPrices extends InferOutput<typeof RegionPricesSchema> {
  readonly asOf: string;
  /** The Region whose prices they are: another one where the table does not know it. */
  readonly region: string;
}

/** The prices that come with the platform. */
export const PRICES: PriceTable = parse(PriceTableSchema, prices);

/** The prices of a Region; those of the fallback where the table does not know it. */
export function pricesIn(region: string, table: PriceTable = PRICES): RegionPrices {
  const { regions, fallbackRegion, asOf } = table;
  const known = regions[region];
  if (known !== undefined) return { ...known, region, asOf };
  const fallback = regions[fallbackRegion];
  if (fallback === undefined) throw new TypeError(`No prices for ${fallbackRegion}`);
  return { ...fallback, region: fallbackRegion, asOf };
}
