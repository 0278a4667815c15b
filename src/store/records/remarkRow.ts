import type { Selectable } from 'kysely';
import type { DealId, Tenant } from '../../deal/model/deal';
import type { KeptRemark } from '../../deal/model/remark';
import type { RemarksTable } from '../schema';
import { flag } from './dealColumns';
import { ofDeal } from './tenancy';

export function remarkRow(tenant: Tenant, dealId: DealId, remark: KeptRemark) {
  return {
    ...ofDeal(tenant, dealId),
    id: remark.id,
    by_user: remark.by,
    at: remark.at,
    channel: remark.channel,
    ts: remark.ts,
    edited_at: remark.editedAt,
    edited_ts: remark.editedTs,
    edits: remark.edits,
    is_cut: flag(remark.isCut),
    text: remark.text,
  };
}

export function readRemark(row: Selectable<RemarksTable>): KeptRemark {
  return {
    id: row.id,
    by: row.by_user,
    at: row.at,
    channel: row.channel,
    ts: row.ts,
    text: row.text,
    isCut: row.is_cut === 1,
    editedAt: row.edited_at,
    editedTs: row.edited_ts,
    edits: row.edits,
  };
}
