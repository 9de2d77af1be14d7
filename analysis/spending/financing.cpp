#include "analysis/spending/financing.h"

#include <algorithm>

#include "analysis/money/annuity.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"

namespace headroom {

void fields(auto& v, PayerFinance& s) {
  v("payer", s.payer, required, "operator, tenant, utility or government");
  v("bank", s.bank, optional.share(), "share of what it buys that banks lend");
  v("market", s.market, optional.share(), "share that the capital market lends");
  v("rate", s.rate, optional.between(0, 0.5), "of interest a year, real");
  v("years", s.years, optional.between(1, 60), "until it is paid back");
}
void fields(auto& v, FinancingSpec& s) {
  v("name", s.name, required.filled(), "the name it is called by; the stem of its file");
  v("payers", s.payers, required.filled(), "who pays; who is not here pays from its own money");
  v("evidence", s.evidence, required, "seen, memory, assumption or share");
  v("source", s.source, required.filled(), "where it comes from");
}


static void check(const FinancingSpec& s, const std::string&, std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < s.payers.size(); ++i) {
    PayerFinance const& payer = s.payers[i];
    if (payer.bank + payer.market > 1 + 1e-9) problems.push_back({payer.where, fmt::format("payers[{}]: bank and market lend {:.4g} of it together, more than all", i, payer.bank + payer.market)});
    for (std::size_t k = 0; k < i; ++k)
      if (s.payers[k].payer == payer.payer) problems.push_back({payer.where, fmt::format("payers[{}]: {} stands twice", i, to_text(payer.payer))});
  }
}

PayerFinance FinancingSpec::of(Payer payer) const {
  for (auto const& known : payers)
    if (known.payer == payer) return known;
  PayerFinance own;
  own.payer = payer;
  return own;
}

FinancingSpec find_financing(const std::string& text, const Location& mention) {
  TreePtr const tree = read_yaml(find_mentioned_file(FinancingSpec::kind, text, mention));
  ReadContext context = file_context();
  return read_document<FinancingSpec>(*tree, context);
}

Json schema_of_financing() { return schema_document<FinancingSpec>(); }

PaidBy paid_by(const Schedule& schedule, const FinancingSpec& financing) {
  std::map<Payer, std::map<int, PayerYear>> books;
  for (auto const& row : schedule.years) {
    PayerYear& year = books[row.payer][row.year];
    (row.kind == SpendingKind::running ? year.running : year.purchases) += row.cash;
  }
  PaidBy out;
  for (auto& [payer, book] : books) {
    PayerFinance const finance = financing.of(payer);
    int const last = book.rbegin()->first;
    for (int y = book.begin()->first; y <= last; ++y) {
      PayerYear& year = book[y];
      year.bank = finance.bank * year.purchases;
      year.market = finance.market * year.purchases;
      year.own = year.purchases - year.bank - year.market;
      double const borrowed = year.bank + year.market;
      if (borrowed <= 0) continue;
      double const payment = yearly_payment(borrowed, finance.rate, finance.years);
      for (int k = 1; k <= finance.years; ++k) book[y + k].debt_service += payment;
    }
    for (auto& [y, year] : book) {
      year.year = y;
      out[payer].push_back(year);
    }
  }
  return out;
}

}  // namespace headroom
