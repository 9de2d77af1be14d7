// 30 racks of 10 kW on two sides: each side carries 150 kW, 300 kW when the other is lost. Nothing has losses.
#include "analysis/sizing/sizing_text.h"
#include "tests/sizing/support.h"

using namespace headroom;

TEST_CASE("each device of two sides is sized by what it carries without the other", "[sizing]") {
  SizedSite const sized = at_nameplate(two_sides());
  struct Expected {
    const char *name, *kind;
    double needed, built, sized;
    SizingRule rule;
  };
  double const amperes = 300e3 / (std::sqrt(3.0) * 400);      // 433.0 A
  for (auto const& each : {Expected{"one", "utility", 300, 600, 300, SizingRule::fifteen_minutes}, Expected{"transformer-b", "transformer", 300, 1000, 315, SizingRule::fifteen_minutes},
                           Expected{"generator-a", "generator", 300, 800, 315, SizingRule::fifteen_minutes}, Expected{"ats-a", "transfer-switch", amperes, 1000, 500, SizingRule::instantaneous},
                           Expected{"switchboard-a", "switchboard", amperes, 1250, 500, SizingRule::instantaneous}, Expected{"ups-b", "ups", 300, 500, 315, SizingRule::instantaneous},
                           Expected{"pdu-a-1", "pdu", 100, 200, 100, SizingRule::instantaneous}, Expected{"h/r-1 to 10", "circuit", 10e3 / (std::sqrt(3.0) * 400), 32, 16, SizingRule::instantaneous}}) {
    CAPTURE(each.name);
    SizedElement const& found = element(sized, each.name, each.kind);
    CHECK(found.needed == close_to(each.needed));
    CHECK(found.built == close_to(each.built));
    CHECK(found.sized == close_to(each.sized));
    CHECK(found.rule == each.rule);
    CHECK_FALSE(found.lost.empty());
    CHECK_FALSE(found.built_is_too_small());
  }
  CHECK(element(sized, "h/r-1 to 10").devices == 20);
}

TEST_CASE("the fault that asks for a size is told: a generator's is the loss of the other one while no utility lives", "[sizing]") {
  SizedSite const sized = at_nameplate(two_sides());
  CHECK(element(sized, "generator-a", "generator").lost.starts_with("every utility and "));
  CHECK(element(sized, "generator-a", "generator").needed == close_to(300));
  CHECK(element(sized, "ups-a").lost == "ats-b");      // a lost utility or transformer is replaced by the generator
}

TEST_CASE("a generator takes all load in as many steps as it takes its rating in", "[sizing]") {
  SizedElement const block = element(at_nameplate(two_sides()), "generator-a", "generator block load");
  CHECK(block.needed == close_to(150));      // of 300 kW in two steps
  CHECK(block.built == close_to(400));
  CHECK(block.sized == close_to(157.5));
  CHECK(block.rule == SizingRule::instantaneous);
  // three steps of 0.4 take 1.2 times the rating: the continuous one decides
  std::string text = two_sides();
  text.replace(text.find("block_load: 0.5"), 15, "block_load: 0.4");
  SizedSite const sized = at_nameplate(text);
  CHECK(element(sized, "generator-a", "generator block load").needed == close_to(100));
  CHECK(element(sized, "generator-a", "generator").sized == close_to(315));
}

TEST_CASE("growth is in every size, and the 15-minute share only in those that heat up slowly", "[sizing]") {
  Site const site = site_from(two_sides());
  SizedSite const grown = size_site(site, {full_load_case()}, {0.2, 1});
  CHECK(element(grown, "ups-a").needed == close_to(360));
  CHECK(element(grown, "ups-a").sized == close_to(400));      // R20: 355, 400
  CHECK(element(grown, "one").sized == close_to(360));
  SizedSite const shared = size_site(site, {full_load_case()}, {0.2, 0.5});
  CHECK(element(shared, "ups-a").needed == close_to(360));
  CHECK(element(shared, "transformer-a").needed == close_to(180));
  CHECK(element(shared, "transformer-a").sized == close_to(200));
  CHECK(element(shared, "one").sized == close_to(180));
  CHECK(element(shared, "generator-a", "generator").needed == close_to(180));
  CHECK(element(shared, "generator-a", "generator block load").needed == close_to(180));      // instantaneous: 360 kW in two steps
  CHECK(element(shared, "generator-a", "generator").sized == close_to(400));
}

TEST_CASE("derating and the code's rule make a device larger", "[sizing]") {
  std::string text = two_sides("  code: NEC\n  ambient: 50 C\n");
  text.replace(text.find("rated_apparent_power: 1000 kVA, no_load"), 0, "derating: {above: 40 C, per_kelvin: 0.01}, ");
  SizedSite const sized = at_nameplate(text);
  CHECK(element(sized, "transformer-a").needed == close_to(300 / 0.9));
  CHECK(element(sized, "transformer-a").sized == close_to(400));
  CHECK(element(sized, "h/r-1 to 10").needed == close_to(10e3 / (std::sqrt(3.0) * 400) / 0.8));      // 18.04 A
  CHECK(element(sized, "h/r-1 to 10").sized == close_to(20));
}

TEST_CASE("a device that its air leaves nothing of cannot be sized, and is named", "[sizing]") {
  std::string text = two_sides("  ambient: 60 C\n");
  text.replace(text.find("rated_apparent_power: 1000 kVA, no_load"), 0, "derating: {above: 40 C, per_kelvin: 0.05}, ");
  CHECK_THROWS_WITH(at_nameplate(text), Catch::Contains("site.yaml:") && Catch::Contains("'transformer-a' is derated to nothing"));
  text.replace(text.find("0.05}"), 5, "0.049}");      // 2 % are left
  CHECK(element(at_nameplate(text), "transformer-a").needed == close_to(300 / 0.02));
}

TEST_CASE("both sides of a standard size: 630.0 kVA and 630.1 kVA", "[sizing]") {
  auto const fed = [](double kw) {
    std::string const racks = "kind: site\nversion: 1\nname: s\nhalls: [{name: h, racks: [{name: r, feeds: [u], servers: [{type: {name: s10, cores: 4, memory: 16 GB, power: {linear: {idle: 1 kW, full: 10 kW}}}}]}]}]\n";
    return element(at_nameplate(racks + fmt::format("power: {{nodes: [{{name: u, utility: {{voltage: 10 kV}}}}, {{name: t, transformer: {{name: big, rated_apparent_power: 2000 kVA, no_load_loss: 0 W, load_loss: 0 W}}}}, "
                                                    "{{name: load, auxiliary: {{power: {} kW}}}}], circuits: [{{from: u, to: t}}, {{from: t, to: load}}]}}\n",
                                                    kw)),
                   "t");
  };
  CHECK(fed(630.0).sized == close_to(630));
  CHECK(fed(630.1).sized == close_to(800));
  CHECK(fed(630.1).lost.empty());      // everything in service asks for it
}

TEST_CASE("equal devices keep one size, that of the greatest need", "[sizing]") {
  // the first ten racks of each side hang on one PDU, the last three on another of the same type
  std::string text = two_sides();
  text.replace(text.find("count: 30"), 9, "count: 13");
  SizedSite const sized = at_nameplate(text);
  CHECK(element(sized, "pdu-a-1").needed == close_to(100));
  CHECK(element(sized, "pdu-a-2").needed == close_to(30));
  CHECK(element(sized, "pdu-a-2").sized == close_to(100));
}

TEST_CASE("a device that is too small is sized larger, and said to be", "[sizing]") {
  std::string text = two_sides("  oversubscribed: true\n");
  text.replace(text.find("rated_power: 500 kW, rated_apparent_power: 500 kVA"), 50, "rated_power: 200 kW, rated_apparent_power: 200 kVA");
  SizedSite const sized = at_nameplate(text);
  CHECK(element(sized, "ups-a").built_is_too_small());
  CHECK(element(sized, "ups-a").sized == close_to(315));
  CHECK(to_text(sized).find("built is too small") != std::string::npos);
}

TEST_CASE("a resized device says so, its losses and its battery go with its rating", "[sizing]") {
  std::string text = two_sides("  battery: {type: {name: b500, capacity: 50 kWh, rated_power: 500 kW, charge_power: 0 W}}\n");
  text.replace(text.find("no_load_loss: 0 W, load_loss: 0 W"), 33, "no_load_loss: 1 kW, load_loss: 10 kW");
  SizedSite const sized = at_nameplate(text);
  for (auto const& node : sized.site.power.nodes) {
    if (node.transformer) {
      CHECK(node.transformer->value.name == "t1000 resized to 315 kVA");
      CHECK(node.transformer->value.no_load_loss / watt == close_to(315));
      CHECK(node.transformer->value.load_loss / watt == close_to(3150));
    }
    if (node.ups) {
      CHECK(node.ups->value.name == "u500 resized to 315 kW");
      REQUIRE(node.battery);
      CHECK(node.battery->type.value.name == "b500 resized to 315 kW");
      CHECK(node.battery->type.value.capacity / kilowatt_hour == close_to(31.5));
    }
  }
  // losses are carried by what stands above: 300 kW, 315 W and 3150 W x (300 / 315)^2
  double const drawn = 300 + 0.315 + 3.15 * (300.0 / 315) * (300.0 / 315);
  CHECK(element(sized, "one").needed == close_to(drawn));
  CHECK(element(sized, "one").sized == close_to(304));
}

TEST_CASE("batteries that recharge load what feeds them when power is back", "[sizing]") {
  auto const with_charger = [](const char* power) {
    return at_nameplate(hall_of_10_kw_racks(30) + "power: {scheme: N, utility: [{name: one, voltage: 400 V, limit: 600 kW}], switchboard: {voltage: 400 V, current: 1250 A}, ups: {type: " + ups_of_500_kw +
                        "}, battery: {type: {name: b500, capacity: 50 kWh, rated_power: 500 kW, charge_power: " + power + "}}}\n");
  };
  CHECK(element(with_charger("0 W"), "one").needed == close_to(300));
  CHECK(element(with_charger("50 kW"), "one").needed > 300 + 31.5 - 1e-9);      // scaled with the UPS, 315 of 500
  CHECK(element(with_charger("50 kW"), "ups-a").needed == close_to(300));
}

TEST_CASE("modules stay as many as they are, and a spare one does not count", "[sizing]") {
  auto const of = [](const char* scheme, int modules) {
    return at_nameplate(hall_of_10_kw_racks(30) + fmt::format("power: {{scheme: {}, utility: [{{name: one, voltage: 400 V}}], ups: {{type: {}, count: {}}}}}\n", scheme, ups_of_500_kw, modules));
  };
  SizedSite const spare = of("N+1", 2);      // three modules, two of which are needed
  CHECK(element(spare, "ups-a").devices == 3);
  CHECK(element(spare, "ups-a").needed == close_to(150));
  CHECK(element(spare, "ups-a").sized == close_to(160));
  CHECK(spare.site.power.nodes.back().count == 3);
  // without a spare one: at this load the built one that is left would carry all, which is kept
  CHECK(element(of("N", 2), "ups-a").needed == close_to(300));
}

TEST_CASE("tolerance that a site has not is not bought", "[sizing]") {
  std::string text = hall_of_10_kw_racks(30) + "power: {scheme: N, utility: [{name: one, voltage: 400 V}], ups: {type: " + ups_of_500_kw + ", count: 2}}\n";
  text.replace(text.find("rated_power: 500 kW, rated_apparent_power: 500 kVA"), 50, "rated_power: 200 kW, rated_apparent_power: 200 kVA");
  SizedSite const sized = at_nameplate(text);      // one of two modules cannot carry 300 kW as built
  CHECK(element(sized, "ups-a").needed == close_to(150));
  CHECK(element(sized, "ups-a").sized == close_to(160));
}

TEST_CASE("a limit in kVA asks for more than one in kW where the load is reactive", "[sizing]") {
  std::string text = two_sides();
  text.replace(text.find("rated_power: 500 kW, rated_apparent_power: 500 kVA"), 50, "rated_power: 450 kW, rated_apparent_power: 500 kVA");
  text.replace(text.find("supplies: 2, power:"), 19, "supplies: 2, power_factor: 0.8, power:");
  SizedSite const sized = at_nameplate(text);
  CHECK(element(sized, "ups-a").needed == close_to(300 / 0.8 * 0.9));      // 375 kVA on modules of 0.9 kW a kVA
  CHECK(element(sized, "pdu-a-1").needed == close_to(125));
}

TEST_CASE("a site sized by less than full load may be beyond its ratings at nameplate", "[sizing]") {
  Site const site = site_from(two_sides());
  SizedSite const sized = size_site(site, {every_server_at(site, 5.0 * kilowatt)}, {0, 1});
  CHECK(sized.site.power.oversubscribed);
  CHECK_FALSE(at_nameplate(two_sides()).site.power.oversubscribed);
  CHECK(element(sized, "ups-a").needed == close_to(150));
  CHECK(element(sized, "ups-a").load == "part load");
  CHECK(element(sized, "h/r-1 to 10").sized == close_to(8));
}

TEST_CASE("a load may count for some nodes alone", "[sizing]") {
  Site const site = site_from(two_sides());
  LoadCase full = full_load_case();
  full.only = {*build_power_graph(site).find("pdu-b-2")};
  SizedSite const sized = size_site(site, {every_server_at(site, 5.0 * kilowatt), full}, {0, 1});
  CHECK(element(sized, "pdu-b-2").needed == close_to(100));
  CHECK(element(sized, "pdu-b-1").needed == close_to(50));
  CHECK(element(sized, "pdu-b-1").sized == close_to(100));      // of the same type
  CHECK(element(sized, "ups-a").needed == close_to(150));
}

TEST_CASE("the sized site can be written and read again", "[sizing]") {
  SizedSite const sized = at_nameplate(two_sides());
  Site const again = site_from(echo_site(sized.site).dump(1));
  CHECK(echo_site(again) == echo_site(sized.site));
}

TEST_CASE("what is not sized is told", "[sizing]") {
  SizedSite const sized = at_nameplate(hall_of_10_kw_racks(3) + "power: {scheme: block-redundant, blocks: 3, utility: [{name: one, voltage: 400 V}], ups: {type: " + ups_of_500_kw +
                                       "}, static_switch: {name: sts, rated_current: 400 A}, pdu: {type: " + pdu_of_200_kva + ", racks: 1}}\n");
  REQUIRE(sized.kept.size() == 1);
  CHECK(sized.kept[0] == "one: states no limit");
  CHECK(element(sized, "ups-r").needed == close_to(10));      // the catcher of one lost block
  auto const json = to_json(sized);
  CHECK(json["elements"].size() == sized.elements.size());
  CHECK(json["elements"][0].contains("needed"));
}
