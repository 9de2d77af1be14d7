#include "analysis/sizing/sizing_text.h"
#include "tests/sizing/support.h"

using namespace headroom;

namespace {

SizingProof proof_of(const Site& built, const Site& sized, const std::vector<LoadCase>& cases, double fifteen_minutes = 1) { return prove_sizes(build_power_graph(built), build_power_graph(sized), cases, fifteen_minutes); }

}  // namespace

TEST_CASE("a sized path carries what it was sized by, in every state", "[sizing]") {
  Site const site = site_from(two_sides());
  std::vector<LoadCase> const cases{full_load_case(), every_server_at(site, 3.0 * kilowatt)};
  SizedSite const sized = size_site(site, cases, {0, 1});
  SizingProof const proof = proof_of(site, sized.site, cases);
  CHECK(proof.holds());
  CHECK(proof.loads == 2);
  // everything in service, 20 elements of the path; both again without utilities, of which two less can be lost
  CHECK(proof.states == static_cast<int>(LoadStates(build_power_graph(site)).names().size()));
  REQUIRE(proof.fullest);
  CHECK(proof.fullest->share() == close_to(1));      // a contract of exactly 300 kW, PDUs of exactly 100 kVA
}

TEST_CASE("a size that is cut by one step by hand does not hold, and the element and the fault are named", "[sizing]") {
  Site const site = site_from(two_sides());
  std::vector<LoadCase> const cases{full_load_case()};
  SizedSite const sized = size_site(site, cases, {0, 1});
  Site cut = sized.site;
  for (auto& node : cut.power.nodes)
    if (node.name == "ups-b") {
      node.ups->value.rated_power = 280.0 * kilowatt;
      node.ups->value.rated_apparent_power = 280.0 * kilovolt_ampere;
    }
  SizingProof const proof = proof_of(site, cut, cases);
  REQUIRE_FALSE(proof.holds());
  REQUIRE(proof.passed.size() == 2);      // its kW and its kVA
  CHECK(proof.passed[0].name == "ups-b");
  CHECK(proof.passed[0].carried == close_to(300));
  CHECK(proof.passed[0].allowed == close_to(280));
  CHECK_FALSE(proof.passed[0].lost.empty());
  CHECK(to_text(proof).find("passed: ups-b carries 300 of 280 kW") != std::string::npos);
}

TEST_CASE("each kind of device is cut by a step and found out", "[sizing]") {
  Site const site = site_from(two_sides());
  std::vector<LoadCase> const cases{full_load_case()};
  Site const sized = size_site(site, cases, {0, 1}).site;
  auto const holds = [&](auto cut) {
    Site changed = sized;
    for (auto& node : changed.power.nodes) cut(node);
    return proof_of(site, changed, cases).holds();
  };
  CHECK(holds([](WrittenNode&) {}));
  CHECK_FALSE(holds([](WrittenNode& node) { if (node.utility) node.utility->limit = 299.0 * kilowatt; }));
  CHECK_FALSE(holds([](WrittenNode& node) { if (node.transformer) node.transformer->value.rated_apparent_power = 250.0 * kilovolt_ampere; }));
  CHECK_FALSE(holds([](WrittenNode& node) { if (node.generator) node.generator->value.rated_power = 280.0 * kilowatt; }));
  CHECK_FALSE(holds([](WrittenNode& node) { if (node.transfer_switch) node.transfer_switch->value.rated_current = 400.0 * ampere; }));
  CHECK_FALSE(holds([](WrittenNode& node) { if (node.switchboard) node.switchboard->current = 400.0 * ampere; }));
  CHECK_FALSE(holds([](WrittenNode& node) { if (node.pdu) node.pdu->value.rated_apparent_power = 90.0 * kilovolt_ampere; }));
}

TEST_CASE("what is sized by 15 minutes is held against 15 minutes", "[sizing]") {
  Site const site = site_from(two_sides());
  std::vector<LoadCase> const cases{full_load_case()};
  SizedSite const sized = size_site(site, cases, {0, 0.8});
  CHECK(element(sized, "transformer-a").sized == close_to(250));
  CHECK(proof_of(site, sized.site, cases, 0.8).holds());
  SizingProof const instantaneous = proof_of(site, sized.site, cases, 1);
  CHECK_FALSE(instantaneous.holds());
  CHECK(std::ranges::all_of(instantaneous.passed, [](const ProvenLimit& limit) { return limit.name.starts_with("transformer") || limit.name == "one" || limit.name == "two"; }));
}

TEST_CASE("losing a module that the built path cannot lose either is no objection", "[sizing]") {
  std::string text = hall_of_10_kw_racks(30) + "power: {scheme: N, utility: [{name: one, voltage: 400 V}], ups: {type: " + ups_of_500_kw + ", count: 2}}\n";
  text.replace(text.find("rated_power: 500 kW, rated_apparent_power: 500 kVA"), 50, "rated_power: 200 kW, rated_apparent_power: 200 kVA");
  Site const site = site_from(text);
  CHECK(proof_of(site, size_site(site, {full_load_case()}, {0, 1}).site, {full_load_case()}).holds());
}

TEST_CASE("every layout that ships holds as sized at nameplate", "[sizing]") {
  for (const char* name : {"hall-2n", "hub-2n", "hall-block", "flex-4n3", "rack", "cooled-hall", "gpu-pod", "dps-sample"}) {
    CAPTURE(name);
    Site const site = read_site(fmt::format("{}/topologies/layouts/{}.yaml", HEADROOM_SOURCE_DIR, name));
    SizedSite const sized = size_site(site, {full_load_case()}, {0, 1});
    SizingProof const proof = proof_of(site, sized.site, {full_load_case()});
    CAPTURE(to_text(sized), to_text(proof));
    CHECK(proof.holds());
  }
}
