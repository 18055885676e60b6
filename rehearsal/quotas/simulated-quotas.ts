import type { GetServiceQuotaResponse } from '@aws-sdk/client-service-quotas';
import {
  AwsError,
  fields,
  listOf,
  readSection,
  type Service,
  type SimulatedService,
  Text,
  whole,
} from 'signalbox';

interface Quota {
  readonly serviceCode: string;
  readonly quotaCode: string;
  readonly region: string;
  readonly value: number;
}

const Section = fields({
  quotas: listOf(fields({ serviceCode: Text, quotaCode: Text, region: Text, value: whole(0) })),
});

/**
 * Service Quotas of the rehearsal, as far as failovers ask: the quotas of the section `service-quotas`,
 * one for each Region.
 */
export function simulatedQuotas(ownRegion: string): {
  readonly service: Service;
  readonly simulated: SimulatedService;
} {
  let quotas: readonly Quota[] = [];
  let isUnreachable = false;

  const find = (input: object, region = ownRegion): GetServiceQuotaResponse => {
    if (isUnreachable) throw new AwsError('ServiceException', 'Something went wrong');
    const { ServiceCode, QuotaCode } = { ServiceCode: '', QuotaCode: '', ...input };
    const quota = quotas.find(
      (one) =>
        one.serviceCode === ServiceCode && one.quotaCode === QuotaCode && one.region === region,
    );
    if (quota === undefined) {
      throw new AwsError(
        'NoSuchResourceException',
        `The request failed because the specified quota ${QuotaCode} of ${ServiceCode} does not exist.`,
      );
    }
    return { Quota: { ServiceCode, QuotaCode, Value: quota.value, GlobalQuota: false } };
  };

  return {
    service: {
      name: 'servicequotas',
      client: '@aws-sdk/client-service-quotas',
      actions: { GetServiceQuota: async (input, { region }) => find(input, region) },
    },
    simulated: {
      name: 'service-quotas',
      seed(section) {
        const isThere = JSON.stringify(section) !== '{}';
        quotas = isThere ? readSection('service-quotas', section, Section).quotas : [];
        isUnreachable = false;
      },
      show: () =>
        Object.fromEntries(
          quotas.map(({ serviceCode, quotaCode, region, value }) => [
            `${region} ${serviceCode} ${quotaCode}`,
            value,
          ]),
        ),
      faults: {
        'quotas-unreachable': {
          summary: 'Service Quotas fails every call',
          start() {
            isUnreachable = true;
            return 'Service Quotas';
          },
          end() {
            isUnreachable = false;
            return 'Service Quotas';
          },
        },
      },
    },
  };
}
