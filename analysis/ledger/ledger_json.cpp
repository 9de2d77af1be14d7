// A ledger as JSON: every figure with what it was worked out from, down to the run and the key of its summary.
#include "analysis/ledger/ledger.h"

namespace headroom {
namespace {

void add_text(Json& out, const char* key, const std::string& text) {
  if (!text.empty()) out[key] = text;
}

Json json_of(const NamedFigure& figure) {
  Json out{{"name", figure.name}, {"value", figure.value}};
  add_text(out, "unit", figure.unit);
  add_text(out, "meaning", figure.meaning);
  add_text(out, "run", figure.run);
  add_text(out, "key", figure.key);
  return out;
}

Json json_of(const std::vector<NamedFigure>& figures) {
  Json out = Json::array();
  for (auto const& figure : figures) out.push_back(json_of(figure));
  return out;
}

Json json_of(const WorkedFigure& ours) {
  Json out{{"what", ours.figure.what}, {"is", ours.figure.is}, {"value", ours.value}, {"uses", json_of(ours.uses)}};
  add_text(out, "unit", ours.figure.unit);
  if (!ours.figure.low.empty()) {
    out["low"] = ours.low;
    out["high"] = ours.high;
  }
  return out;
}

Json json_of(const WorkedClaim::Turn& turn) {
  Json out{{"assumption", turn.point.assumption}, {"value", turn.value}, {"turns_at", turn.turns_at}};
  add_text(out, "unit", turn.point.unit);
  return out;
}

Json json_of(const WorkedClaim& worked) {
  Claim const& claim = worked.claim;
  Json out{{"id", claim.id}, {"topic", claim.topic}, {"says", claim.says}, {"value", claim.value}, {"unit", claim.unit}, {"source", claim.source},
           {"verdict", to_text(claim.verdict)}, {"holds", worked.holds}, {"finding", worked.finding}, {"within", claim.within}, {"ours", Json::array()}, {"rests_on", Json::array()}};
  if (claim.value_max) out["value_max"] = *claim.value_max;
  add_text(out, "year", claim.year);
  add_text(out, "why", claim.why);
  for (auto const& ours : worked.ours) out["ours"].push_back(json_of(ours));
  for (auto const& turn : worked.turns) out["rests_on"].push_back(json_of(turn));
  return out;
}

}  // namespace

Json to_json(const Ledger& ledger) {
  Json claims = Json::array(), counts = Json::object();
  for (auto const& claim : ledger.claims) claims.push_back(json_of(claim));
  for (auto const& [verdict, count] : ledger.counts) counts[to_text(verdict)] = count;
  return {{"name", ledger.spec.name}, {"title", ledger.spec.title}, {"source", ledger.spec.source}, {"figures", json_of(ledger.figures)},
          {"claims", claims}, {"verdicts", counts}, {"do_not_hold", ledger.do_not_hold}};
}

}  // namespace headroom
