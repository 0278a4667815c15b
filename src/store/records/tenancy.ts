/** The workspace as columns, which every row holds and every query compares; and as a key of maps. */
import type { Tenant } from '../../deal/model/deal';

export const tenantColumns = (tenant: Tenant) => ({
  enterprise_id: tenant.enterpriseId,
  team_id: tenant.teamId,
});

export const tenantOf = (row: { readonly enterprise_id: string; readonly team_id: string }): Tenant => ({
  enterpriseId: row.enterprise_id,
  teamId: row.team_id,
});

/** Key of a workspace in maps. */
export const tenantKey = ({ enterpriseId, teamId }: Tenant): string => `${enterpriseId}/${teamId}`;

/** Key of a deal's own row. */
export const dealKey = (tenant: Tenant, id: string) => ({ ...tenantColumns(tenant), id });

/** Key of the rows that belong to a deal. */
export const ofDeal = (tenant: Tenant, dealId: string) => ({ ...tenantColumns(tenant), deal_id: dealId });
