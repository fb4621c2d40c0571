/**
 * Codes that stand for money and services on invoices, not for goods: postage, carriage, bank and marketplace fees,
 * samples, discounts, manual entries, debts, donations, test lines and gift vouchers. As in the UCI "Online Retail" files.
 */
const NON_MERCHANDISE =
  /^(POST|DOT|C2|D|M|S|B|ADJUST\d*|CRUK|BANK CHARGES|AMAZON ?FEE|TEST\d*|SHIPPING|POSTAGE|GIFT_.*)$/i;

/** Whether an invoice's code is no goods; `others` are the retailer's own such codes. */
export function isNonMerchandise(code: string, others: readonly string[]): boolean {
  return NON_MERCHANDISE.test(code) || others.includes(code);
}
