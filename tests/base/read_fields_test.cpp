#include "base/read_fields.h"

#include <catch2/catch.hpp>

#include "base/json_fields.h"
#include "base/yaml.h"

using namespace headroom;

namespace {

enum class Colour { red, green };
constexpr auto names(Colour) { return std::array{std::pair{Colour::red, "red"}, std::pair{Colour::green, "green"}}; }

struct Part {
  std::string name;
  int count = 1;
  Power power = 5.0 * watt;
};
void fields(auto& v, Part& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("count", s.count, optional.at_least(1), "how many");
  v("power", s.power, optional.positive(), "of one");
}

struct Thing {
  static constexpr const char* kind = "thing";
  std::string name;
  double share = 0.5;
  bool on = false;
  Colour colour = Colour::red;
  Duration period = whole_seconds(60);
  std::optional<DateTime> begin;
  std::vector<Part> parts;
  std::vector<int> numbers;
  std::map<std::string, std::string> notes;
  std::optional<Part> spare;
  std::vector<std::string> users;
};
void fields(auto& v, Thing& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("share", s.share, optional.share(), "of the whole");
  v("on", s.on, optional, "is it on");
  v("colour", s.colour, optional, "which");
  v("period", s.period, optional.positive(), "how long");
  v("begin", s.begin, optional, "from when");
  v("parts", s.parts, optional, "what it is made of");
  v("numbers", s.numbers, optional.at_least(0), "some numbers");
  v("notes", s.notes, optional, "remarks");
  v("spare", s.spare, optional, "one more");
  v("users", s.users, optional.one_or_list(), "who uses it");
}

Thing read(const std::string& body, const std::vector<std::string>& settings = {}) {
  auto const overrides = parse_overrides(settings);
  ReadContext context;
  context.overrides = settings.empty() ? nullptr : &overrides;
  return read_document<Thing>(*parse_yaml("kind: thing\nversion: 1\n" + body, "x.yaml"), context);
}

std::string problem(const std::string& body, const std::vector<std::string>& settings = {}) {
  try {
    read(body, settings);
  } catch (const InputError& e) {
    return e.what();
  }
  return "accepted";
}

std::string document_problem(const std::string& text) {
  try {
    ReadContext context;
    read_document<Thing>(*parse_yaml(text, "x.yaml"), context);
  } catch (const InputError& e) {
    return e.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a described struct is read, and what is left out has its default", "[base]") {
  Thing const thing = read("name: t\nparts:\n  - {name: a, count: 3, power: 2 kW}\n  - {name: b}\ncolour: green\nbegin: 2017-10-03T00:00:00-05:00\nnotes: {x: y}\n");
  CHECK(thing.name == "t");
  CHECK(thing.share == 0.5);
  CHECK(thing.colour == Colour::green);
  REQUIRE(thing.parts.size() == 2);
  CHECK(thing.parts[0].power == 2.0 * kilowatt);
  CHECK(thing.parts[1].count == 1);
  CHECK(thing.begin->offset_s == -18000);
  CHECK(thing.notes.at("x") == "y");
  CHECK_FALSE(thing.spare);
}

TEST_CASE("unknown and missing keys are named with what is near", "[base]") {
  CHECK(problem("name: t\nshar: 1\n") == "x.yaml:4:1: error: unknown key 'shar', did you mean 'share'?");
  CHECK(problem("name: t\nwheels: 4\n") == "x.yaml:4:1: error: unknown key 'wheels'");
  CHECK(problem("share: 1\n") == "x.yaml:1:1: error: missing key 'name'");
  CHECK(problem("nmae: t\n") == "x.yaml:1:1: error: missing key 'name' (found 'nmae')\nx.yaml:3:1: error: unknown key 'nmae', did you mean 'name'?");
  CHECK(problem("name: t\nparts: [{nam: a}]\n") ==
        "x.yaml:4:9: error: parts[0]: missing key 'name' (found 'nam')\nx.yaml:4:10: error: parts[0]: unknown key 'nam', did you mean 'name'?");
  CHECK(problem("name: t\nspare: {name: x, colour: red}\n") == "x.yaml:4:18: error: spare: unknown key 'colour'");
}

TEST_CASE("all problems are told at once, in the order of the file", "[base]") {
  CHECK(problem("share: 2\nname: [t]\nparts: [{name: a, count: 0}, 7]\n") ==
        "x.yaml:3:8: error: share: 2 must be at least 0 and at most 1\n"
        "x.yaml:4:7: error: name: expected text, found a list\n"
        "x.yaml:5:26: error: parts[a].count: 0 must be at least 1\n"
        "x.yaml:5:30: error: parts[1]: expected a mapping of keys, found a single value");
}

TEST_CASE("a value of the wrong kind is named with its place", "[base]") {
  CHECK(problem("name: t\nshare: lots\n") == "x.yaml:4:8: error: share: expected a number, found 'lots'");
  CHECK(problem("name: t\nshare: '0.5'\n") == "x.yaml:4:8: error: share: expected a number, found the text '0.5'; leave out the quotes");
  CHECK(problem("name: t\nnumbers: [1, 2.5]\n") == "x.yaml:4:14: error: numbers[1]: expected a whole number, found '2.5'");
  CHECK(problem("name: t\nnumbers: [1e3]\n") == "x.yaml:4:11: error: numbers[0]: expected a whole number, found '1e3'");
  CHECK(problem("name: t\nnumbers: [99999999999]\n") == "x.yaml:4:11: error: numbers[0]: 99999999999 is beyond the range of counts");
  CHECK(problem("name: t\nnumbers: [99999999999999999999]\n") == "x.yaml:4:11: error: numbers[0]: '99999999999999999999' is beyond the range of whole numbers");
  CHECK(problem("name: t\nnumbers: [-1]\n") == "x.yaml:4:11: error: numbers[0]: -1 must not be negative");
  CHECK(problem("name: t\non: yes\n") == "x.yaml:4:5: error: on: expected true or false, found 'yes'");
  CHECK(problem("name: t\non: \"true\"\n") == "x.yaml:4:5: error: on: expected true or false, found the text 'true'; leave out the quotes");
  CHECK(problem("name: t\ncolour: blue\n") == "x.yaml:4:9: error: colour: unknown value 'blue'; one of red, green");
  CHECK(problem("name: t\nparts: {name: a}\n") == "x.yaml:4:8: error: parts: expected a list, found a mapping of keys");
  CHECK(problem("name: t\nparts:\n") == "x.yaml:4:1: error: parts: expected a list, found nothing");
  CHECK(problem("name: t\nnotes: [a]\n") == "x.yaml:4:8: error: notes: expected a mapping of keys, found a list");
  CHECK(problem("name: t\nspare: ~\n") == "x.yaml:4:8: error: spare: expected a mapping of keys, found nothing");
  CHECK(problem("name: ''\n") == "x.yaml:3:7: error: name: the text is empty");
  CHECK(problem("name: t\nbegin: 2017-10-03\n") ==
        "x.yaml:4:8: error: begin: expected a moment such as '2017-10-03T00:00:00-05:00' (with its offset from UTC), found '2017-10-03'");
}

TEST_CASE("quantities need their unit, numbers are finite, bounds hold", "[base]") {
  CHECK(problem("name: t\nspare: {name: a, power: 5}\n") == "x.yaml:4:25: error: spare.power: '5' has no unit; write W, kW, MW, GW or mW");
  CHECK(problem("name: t\nspare: {name: a, power: 5 kw}\n") == "x.yaml:4:25: error: spare.power: unknown unit 'kw', did you mean 'kW'?");
  CHECK(problem("name: t\nspare: {name: a, power: 0 W}\n") == "x.yaml:4:25: error: spare.power: 0 W must be above zero");
  CHECK(problem("name: t\nperiod: 0 s\n") == "x.yaml:4:9: error: period: 0 s must be above zero");
  for (std::string const number : {".nan", ".inf", "-.inf", "nan", "inf"})
    CHECK(problem("name: t\nshare: " + number + "\n") == "x.yaml:4:8: error: share: expected a number, found '" + number + "'");
  CHECK(problem("name: t\nshare: 1e999\n") == "x.yaml:4:8: error: share: '1e999' is beyond the range of numbers");
  CHECK(problem("name: t\nshare: 1.0\n") == "accepted");
  CHECK(problem("name: t\nshare: 1.0000001\n") == "x.yaml:4:8: error: share: 1.0000001 must be at least 0 and at most 1");
}

TEST_CASE("kind and version come first, and a wrong one is the only problem told", "[base]") {
  CHECK(document_problem("kind: site\nversion: 1\nhalls: []\n") == "x.yaml:1:7: error: this is a 'site', expected a 'thing'");
  CHECK(document_problem("kind: thing\nversion: 2\nname: t\nnew: 1\n") == "x.yaml:2:10: error: version 2 is not known; this program reads version 1");
  CHECK(document_problem("name: t\n") == "x.yaml:1:1: error: missing key 'kind'\nx.yaml:1:1: error: missing key 'version'");
  CHECK(document_problem("- a\n") == "x.yaml:1:1: error: expected a mapping of keys, found a list");
  CHECK(document_problem("---\n") == "x.yaml:1:1: error: expected a mapping of keys, found nothing");
}

TEST_CASE("an override reaches keys by name and by number, written or not", "[base]") {
  std::string const body = "name: t\nparts: [{name: a}, {name: b, count: 2}]\n";
  CHECK(read(body, {"parts[1].count=7"}).parts[1].count == 7);
  CHECK(read(body, {"parts[b].count=7"}).parts[1].count == 7);
  CHECK(read(body, {"parts[a].power=3 kW"}).parts[0].power == 3.0 * kilowatt);
  CHECK(read(body, {"share=0.25"}).share == 0.25);
  CHECK(read(body, {"spare={name: c}"}).spare->name == "c");
  CHECK(read(body, {"parts=[{name: z}]"}).parts.at(0).name == "z");
  CHECK(read(body, {"parts[0]={name: z, count: 4}", "parts[0].count=5"}).parts[0].count == 5);
  CHECK(read(body, {"name=a=b"}).name == "a=b");
}

TEST_CASE("what is wrong with an override is said", "[base]") {
  std::string const body = "name: t\nparts: [{name: a}]\n";
  CHECK(problem(body, {"shre=0.2"}) == "--set shre: error: there is no such key, did you mean 'share'?");
  CHECK(problem(body, {"parts[9].count=2"}) == "--set parts[9].count: error: there is no such key, did you mean 'parts[a].count'?");
  CHECK(problem(body, {"share=0.2", "share=0.3"}) == "--set share=0.3: error: the same path is set twice");
  CHECK(problem(body, {"parts[a].count=2", "parts[0].count=3"}) == "--set parts[0].count: error: --set parts[a].count sets the same key");
  CHECK(problem(body, {"share="}) == "--set share=: error: the value after '=' is empty");
  CHECK(problem(body, {"share"}) == "--set share: error: expected PATH=VALUE, such as site.halls[0].racks[0].count=10");
  CHECK(problem(body, {"=1"}) == "--set =1: error: expected PATH=VALUE, such as site.halls[0].racks[0].count=10");
  CHECK(problem(body, {"share=5"}) == "--set share=5:1:1: error: share: 5 must be at least 0 and at most 1");
  CHECK(problem(body, {"name=~"}) == "--set name=~:1:1: error: name: expected text, found nothing");
  for (std::string const path : {"parts[", "[", "]", "parts[]", "..", ".", "parts[0", "parts]0[", "name.x", "parts[0][0]", "[0]", "share[0]"})
    CHECK_THAT(problem(body, {path + "=1"}), Catch::Matchers::Contains("there is no such key"));
}

TEST_CASE("an echo reads back as the same echo, defaults written out", "[base]") {
  Thing const thing = read("name: t\nparts: [{name: a}]\nnumbers: [1, 2]\nnotes: {b: c}\nshare: 0.1\n");
  Json const first = echo(thing);
  CHECK(first["period"] == "1 min");
  CHECK(first["parts"][0]["power"] == "5 W");
  CHECK(first["kind"] == "thing");
  ReadContext context;
  CHECK(echo(read_document<Thing>(*parse_yaml(first.dump(), "echo"), context)) == first);
}

TEST_CASE("a schema says kind, description, default and bounds of every key", "[base]") {
  Json const schema = schema_document<Thing>();
  CHECK(schema["additionalProperties"] == false);
  CHECK(schema["properties"]["kind"]["const"] == "thing");
  CHECK(schema["properties"]["share"] == Json({{"type", "number"}, {"minimum", 0.0}, {"maximum", 1.0}, {"default", 0.5}, {"description", "of the whole"}}));
  CHECK(schema["properties"]["colour"]["enum"] == Json::array({"red", "green"}));
  CHECK(schema["properties"]["parts"]["items"]["properties"]["count"]["minimum"] == 1);
  CHECK(schema["required"] == Json::array({"name", "kind", "version"}));
  for (auto const& [key, property] : schema["properties"].items()) CHECK(property.contains("description"));
}

TEST_CASE("where a list of one may stand without the list, both are the same", "[base]") {
  CHECK(read("name: t\nusers: ann\n").users == std::vector<std::string>{"ann"});
  CHECK(read("name: t\nusers: [ann]\n").users == std::vector<std::string>{"ann"});
  CHECK(read("name: t\nusers: [ann, bob]\n").users == std::vector<std::string>{"ann", "bob"});
  CHECK(read("name: t\n", {"users=bob"}).users == std::vector<std::string>{"bob"});
  CHECK(problem("name: t\nusers: {a: b}\n") == "x.yaml:4:8: error: users: expected one name or a list, found a mapping of keys");
  CHECK(problem("name: t\nnumbers: 3\n") == "x.yaml:4:10: error: numbers: expected a list, found a single value");
  Json const schema = schema_document<Thing>().at("properties").at("users");
  CHECK(schema.at("oneOf").at(0).at("type") == "string");
  CHECK(schema.at("oneOf").at(1).at("type") == "array");
}
