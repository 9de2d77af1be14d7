// Parts of what spending is written as, which the spending of programmes is written with, too. Text is at most 100 columns wide.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "analysis/spending/bill_draws.h"
#include "analysis/spending/financing.h"
#include "analysis/spending/knock_on.h"
#include "base/csv_text.h"
#include "base/json_fields.h"

namespace headroom {

std::string grouped(double amount);                                            // 12,345,678
std::string quantity_text(double quantity, const std::string& unit);           // 1,234.5 km
std::string wrapped(const std::string& head, const std::string& text);         // the first line after `head`, the others indented
std::string bullets(const std::vector<std::string>& texts);
// Money in units of so much: of a million, "million ".
std::string knock_on_text(const KnockOn& k, double of = 1, const std::string& unit = "");
std::string ratios_text(const std::string& head, const std::vector<Ratio>& ratios, const BillDraws* draws);
std::string warnings_text(const std::vector<std::string>& warnings);           // of the table: the first few

PayerYear sum_of(const std::vector<PayerYear>& years);                         // its year is 0
double cents(double amount);
double fine(double ratio);                                                     // six digits behind the point
Json payer_years_json(const std::vector<PayerYear>& years);
Json knock_on_json(const KnockOn& k);

std::string payers_csv(const PaidBy& payers);
std::string knock_on_csv(const KnockOn& k);

}  // namespace headroom
