// An automatic or static transfer switch, or a board with a tie: one source at a time. When its source is lost it waits for
// its detection, opens, and closes on the first source that lives; when a better one has been good for the retransfer
// delay it goes back. Where no source lives it calls for the generators that could feed it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/power/elements/elements.h"

namespace headroom {
namespace {

class TransferElement final : public Element {
 public:
  TransferElement(PowerState& shared, NodeId node) : Element(shared, node), times_(*spec().transfer), good_since_(spec().parents.size(), never) {
    for (NodeId parent : spec().parents) generators_.push_back(generators_above(parent));
    shared_.add_caller(node_, [this](NodeId generator) { return calls(generator); });
  }

  void pass(double) override {}
  bool active() const override { return false; }

  bool react() override {
    due = never;
    for (std::size_t k = 0; k < good_since_.size(); ++k) good_since_[k] = live(k) ? std::min(good_since_[k], shared_.now) : never;
    if (!shared_.flow.in_service(node_)) {
      lost_since_ = never;
      return std::exchange(calling_, false);
    }
    if (position_ == open) return end_transfer();
    return live(position_) ? stay_or_return() : leave();
  }

 private:
  static constexpr std::size_t open = SIZE_MAX;

  // Does it want this generator to run: because it hangs on it, or because nothing feeds it?
  bool calls(NodeId generator) const {
    auto const above = [&](std::size_t k) { return std::ranges::find(generators_[k], generator) != generators_[k].end(); };
    if (!shared_.flow.in_service(node_)) return false;
    if (position_ != open && live(position_) && above(position_)) return true;
    if (position_ == open && above(target_)) return true;
    if (!calling_) return false;
    // asked before it has seen that a source is back: does that one need the generator?
    if (std::size_t const back = first_live(); back < generators_.size()) return above(back);
    for (std::size_t k = 0; k < generators_.size(); ++k)
      if (above(k)) return true;
    return false;
  }

  // Up to other transfer switches, which call for their own.
  std::vector<NodeId> generators_above(NodeId top) const {
    std::vector<NodeId> out, next{top};
    while (!next.empty()) {
      NodeId const id = next.back();
      next.pop_back();
      PowerNode const& node = shared_.node(id);
      if (node.kind == NodeKind::generator) out.push_back(id);
      if (!node.transfer) next.insert(next.end(), node.parents.begin(), node.parents.end());
    }
    return out;
  }

  bool live(std::size_t k) const { return shared_.flow.at(spec().parents[k]).energised && !shared_.tripped(node_, k); }
  std::size_t first_live() const {
    std::size_t k = 0;
    while (k < spec().parents.size() && !live(k)) ++k;
    return k;
  }
  const std::string& source_name(std::size_t k) const { return shared_.node(spec().parents[k]).name; }

  bool stay_or_return() {
    lost_since_ = never;
    if (std::exchange(calling_, false)) return true;                   // so that the generators hear of it
    if (!shared_.flow.closed(node_, position_)) {                      // its breaker has been reset
      shared_.flow.set_closed(node_, position_, true);
      return true;
    }
    for (std::size_t k = 0; k < position_; ++k) {
      if (good_since_[k] == never) continue;
      Instant const returns = good_since_[k] + times_.retransfer_delay;
      if (returns <= shared_.now) return begin_transfer(k, shared_.last_change(spec().parents[k]), source_name(k) + " has been good again");
      due = std::min(due, returns);
    }
    return false;
  }

  bool leave() {
    if (lost_since_ == never) lost_since_ = shared_.now;
    if (due = lost_since_ + times_.detection; !is_due()) return false;
    due = never;
    std::size_t const target = first_live();
    if (target < spec().parents.size()) return begin_transfer(target, shared_.why_no_input(node_), source_name(position_) + " lost");
    bool const first_call = !calling_;
    calling_ = true;
    return first_call;
  }

  bool begin_transfer(std::size_t target, std::int64_t cause, const std::string& reason) {
    lost_since_ = never;
    shared_.flow.set_closed(node_, position_, false);
    if (times_.transfer == Duration{}) return close_on(target, cause, reason);
    position_ = open;
    target_ = target;
    closes_ = due = after(times_.transfer);
    shared_.change(node_, "open", cause, reason);
    return true;
  }

  // Closes on its target, or on whatever lives by then; waits where nothing does.
  bool end_transfer() {
    if (due = closes_; !is_due()) return false;
    due = never;
    std::size_t const best = live(target_) ? target_ : first_live();
    return close_on(best < spec().parents.size() ? best : target_, shared_.last_change(node_), "transferred");
  }

  bool close_on(std::size_t source, std::int64_t cause, const std::string& reason) {
    position_ = source;
    lost_since_ = live(source) ? never : shared_.now;
    shared_.flow.set_closed(node_, source, !shared_.tripped(node_, source));
    shared_.change(node_, "on " + source_name(source), cause, reason);
    return true;
  }

  TransferTimes const times_;
  std::vector<std::vector<NodeId>> generators_;      // that could feed each source
  std::size_t position_ = 0, target_ = 0;
  Instant lost_since_ = never, closes_ = never;
  std::vector<Instant> good_since_;                  // of each source; never: it is dead
  bool calling_ = false;
};

}  // namespace

std::unique_ptr<Element> transfer_element(PowerState& shared, NodeId node) { return std::make_unique<TransferElement>(shared, node); }

}  // namespace headroom
