// Every broken price of tests/bad_inputs/spending stands beside NAME.expected, which holds the whole message, as it is
// printed when NAME.yaml (or all of the folder NAME) is read from the project's folder.
#include "analysis/spending/prices.h"

#include <catch2/catch.hpp>

#include "tests/spending/support.h"
#include "tests/support/bad_inputs.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

void read_class_or_folder(const fs::path& without_ending) {
  if (fs::is_directory(without_ending)) read_prices(without_ending);
  else read_spending_class(without_ending.string() + ".yaml");
}

}  // namespace

TEST_CASE("every broken price is named for what it is, at its place", "[spending]") {
  WorkingFolder const root(HEADROOM_SOURCE_DIR);
  int messages = 0;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/spending")) {
    fs::path const stem = entry.path().parent_path() / entry.path().stem();
    CAPTURE(entry.path().string());
    if (entry.path().extension() != ".expected") {
      CHECK(fs::exists(stem.string() + ".expected"));
      continue;
    }
    CHECK(message_of([&] { read_class_or_folder(stem); }) == content_of(entry.path()));
    ++messages;
  }
  CHECK(messages >= 20);
}

TEST_CASE("every broken table of what spending rests on is named for what it is, at its place", "[spending]") {
  WorkingFolder const root(HEADROOM_SOURCE_DIR);
  int messages = 0;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/spending_tables")) {
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path().string());
    std::string const file = entry.path().string(), name = entry.path().stem().string();
    auto const read = [&] { return name.starts_with("grid") ? find_grid_costs(file).name : name.starts_with("financing") ? find_financing(file).name : find_margins(file).name; };
    CHECK(message_of(read) == content_of(entry.path().parent_path() / (name + ".expected")));
    ++messages;
  }
  CHECK(messages == 8);
}

TEST_CASE("what ships reads, and every class says where its price comes from", "[spending]") {
  auto const classes = read_prices(shipped_prices());
  CHECK(classes.size() >= 12);
  for (auto const& c : classes) {
    CAPTURE(c.name);
    CHECK(c.source.size() > 40);
    CHECK(c.price.mid.currency == "USD");
    CHECK(c.lead_time.has_value());
    for (auto const* name : {"us-2022", "china-2020", "china-2020-153"}) {
      static std::map<std::string, InputOutputTable> tables;
      auto const& table = tables.try_emplace(name, find_input_output_table(name)).first->second;
      for (auto const& seller : c.sector) CHECK_FALSE(sector_code(table, seller).empty());
    }
    CHECK(shipped_rates().index_factor(c.index, "USD", c.price.year, 2025).value > 0);
    Json const echoed = echo_spending_class(c);
    CHECK(echoed.at("kind") == "spending-class");
    CHECK(echoed.at("price").at("mid") == c.price.mid.text());
    CHECK(echoed.at("life") == c.life.text());
  }
  CHECK(schema_of_spending_class().at("required").size() >= 6);
}

TEST_CASE("a price reads back as it was written", "[spending]") {
  for (const char* text : {"28900 USD/unit", "11.7 USD/W", "24.8 CNY/kVA", "0.5 EUR/Gbit/s"}) {
    auto const parsed = UnitPrice::parse(text);
    REQUIRE(std::holds_alternative<UnitPrice>(parsed));
    CHECK(std::get<UnitPrice>(parsed).text() == text);
  }
}

TEST_CASE("a size is in its band from the lower bound on, below the upper", "[spending]") {
  SpendingClass c;
  CHECK(c.holds(std::nullopt));
  c.sizes = SizeBand{Size{800e3, Measure::apparent_power, ""}, Size{1250e3, Measure::apparent_power, ""}, {}};
  CHECK(c.holds(800e3));
  CHECK_FALSE(c.holds(799.999e3));
  CHECK(c.holds(1249.999e3));
  CHECK_FALSE(c.holds(1250e3));
  CHECK_FALSE(c.holds(std::nullopt));
}

TEST_CASE("a folder without classes, or none, is a missing input", "[spending]") {
  for (const char* folder : {"/no/such/folder", HEADROOM_SOURCE_DIR "/cli"}) {
    try {
      read_prices(folder);
      FAIL("there are no classes in " << folder);
    } catch (const InputError& e) {
      CHECK(e.fault() == InputFault::missing);
    }
  }
}
