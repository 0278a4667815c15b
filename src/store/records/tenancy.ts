/** The workspace as columns: spread into every row, and compared in every query. */
import type { Tenant } from '../../deal/model/deal';

export const tenantColumns = (tenant: Tenant) => ({
  enterprise_id: tenant.enterpriseId,
  team_id: tenant.teamId,
});

export const tenantOf = (row: { readonly enterprise_id: string; readonly team_id: string }): Tenant => ({
  enterpriseId: row.enterprise_id,
  teamId: row.team_id,
});

/** Key of a deal's own rows. */
export const dealKey = (tenant: Tenant, id: string) => ({ ...tenantColumns(tenant), id });

/** Key of the rows that hang on a deal. */
export const ofDeal = (tenant: Tenant, dealId: string) => ({ ...tenantColumns(tenant), deal_id: dealId });
