#include <catch2/catch.hpp>

#include <sstream>

#include "base/text_file.h"
#include "workloads/common_input.h"

using namespace headroom;

namespace {

std::string common_input(int jobs, int seed = common_input_seed, std::optional<int> first = std::nullopt) {
  std::ostringstream out;
  write_common_input(out, jobs, seed, first);
  return out.str();
}

}  // namespace

// The hashes are of what the recipe's own script wrote (CPython 3.11).
TEST_CASE("the common input has the bytes of the published recipe", "[workloads]") {
  CHECK(sha256_of(common_input(10'000)) == "5fe3554390422e1add468d99e1f7ce6239e734812ad1d4255bb942226d43f4ab");
  CHECK(sha256_of(common_input(100'000)) == "e054416bfa1daf91d22a37868c740895a0f600c834ab0d61e566848f515c4ce5");
}

TEST_CASE("the first thousand jobs of the common input are those of ten thousand", "[workloads]") {
  CHECK(sha256_of(common_input(10'000, common_input_seed, 1000)) == "72aa44b279946f1bcc8b90f4de66c0149340a02039ed7066933c5426c645765c");
  CHECK(common_input(10, 1, 20) == common_input(10, 1));
}

TEST_CASE("other seeds follow the recipe too, zero among them", "[workloads]") {
  CHECK(common_input(7, 1) ==
        "submit_s,runtime_s,cores\n"
        "11609.071,5654,1\n"
        "19765.056,1783,16\n"
        "42805.592,330,2\n"
        "56297.633,1992,1\n"
        "65860.999,6448,4\n"
        "72210.105,1045,2\n"
        "77883.332,2290,2\n");
  CHECK(sha256_of(common_input(1000, 0)) == "609a9b23026959e4f05e1d90e8fcb7c38b4683f8614deb8344848d5898b4741e");
  CHECK(common_input(7, -1) == common_input(7, 1));
}

TEST_CASE("no jobs are a header alone", "[workloads]") { CHECK(common_input(0) == "submit_s,runtime_s,cores\n"); }
