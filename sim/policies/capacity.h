// What is free on each server, and where a job would fit. A value: policies may copy it to look ahead.
//
// A job that asks for less than one GPU has a share of one device, which other such jobs may share; whole GPUs are not
// told apart. Of the devices that are shared already, a share goes to the one that has the least left on which it fits.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "base/amount.h"

namespace headroom {

// What one server has, or has left, for jobs.
struct Resources {
  Amount cores{}, gpus{};
  std::int64_t memory_bytes = 0;
  bool operator==(const Resources&) const = default;
};

// What a job asks for, in a site's terms.
struct Demand {
  std::int32_t servers = 0;        // whole servers; then the rest is zero
  Amount cores{};
  Amount gpus{};                   // whole ones, or less than one: then of one device
  std::int64_t memory_bytes = 0;   // of the whole job
  bool several_servers = false;    // may the job be spread?
  bool shares_gpu() const { return !gpus.is_whole(); }
};

// A job's share of one server.
struct Piece {
  std::int32_t server = 0;
  Resources resources;
  std::int32_t device = -1;        // of a share of a GPU: its number among the shared devices of the server
};
using Allocation = std::vector<Piece>;

class Capacity {
 public:
  explicit Capacity(std::vector<Resources> servers);

  // First fit: the servers of the smallest numbers. nullopt: the job does not fit now.
  std::optional<Allocation> first_fit(const Demand& demand) const;
  // The same with the servers in this order, each of them named once at most; what is not named is not taken.
  std::optional<Allocation> fit_in_order(const Demand& demand, std::span<const std::int32_t> order) const;
  bool fits(const Demand& demand) const { return first_fit(demand).has_value(); }
  bool has(const Piece& piece) const;             // is that much of that server free?
  void take(const Allocation& allocation);
  void give(const Allocation& allocation);
  // A server that is not available has nothing free. Nothing of it may be taken when this changes.
  void set_available(std::int32_t server, bool available);
  // Of each server no more than the other has free: what is free throughout both.
  void limit_to(const Capacity& other);

  // Free units of the kind that a spread job asks for: whole servers, cores or GPUs.
  std::int64_t free_servers() const { return free_servers_; }
  Amount free_cores() const { return free_cores_; }
  Amount free_gpus() const { return free_gpus_; }
  std::size_t servers() const { return total_.size(); }
  const std::vector<Resources>& totals() const { return total_; }
  const Resources& free(std::int32_t server) const { return free_[static_cast<std::size_t>(server)]; }
  std::int64_t whole_free_gpus(std::int32_t server) const { return best(static_cast<std::size_t>(server)).gpus; }
  // What is left of each shared device of a server; empty where none ever was.
  std::span<const Amount> shared_gpus(std::int32_t server) const;
  bool is_idle(std::int32_t server) const { return best(static_cast<std::size_t>(server)).whole; }
  bool is_available(std::int32_t server) const { return available_[static_cast<std::size_t>(server)]; }
  std::vector<std::int32_t> numbers() const;      // of the servers, rising
  // What the job would have of this server if that came first: all it asks for or, where it may be over several servers,
  // as much as fits. Nothing: no part of it fits.
  std::optional<Piece> piece_on(std::int32_t server, const Demand& demand) const;

 private:
  // The most that any one server of a range has free, and whether one of them is idle as a whole.
  struct Best {
    Amount cores{};
    std::int64_t memory_bytes = 0;
    std::int32_t gpus = 0;                        // whole ones
    std::int16_t share = 0;                       // thousandths, of one device
    bool whole = false;
    bool operator==(const Best&) const = default;
  };
  struct Need {
    Amount cores{};
    std::int64_t memory_bytes = 0;
    std::int32_t gpus = 0;
    std::int16_t share = 0;
    bool whole = false;
    bool met_by(const Best& best) const {
      return best.cores >= cores && best.gpus >= gpus && best.share >= share && best.memory_bytes >= memory_bytes && (best.whole || !whole);
    }
  };

  // Ways through the servers: the next one that meets a need, each at most once.
  struct ByNumber;
  struct InOrder;

  std::optional<std::size_t> next_server(std::size_t from, const Need& need) const;
  // How a job over several servers is cut up: into units (GPUs where it asks for any, else cores, or thousandths of one
  // where it asks for parts); cores and memory go with them in proportion.
  struct Split {
    bool by_gpu;
    std::int64_t unit;                            // thousandths of a GPU or core
    std::int64_t units;
    std::int64_t memory, memory_each;             // of the job, and what a unit needs at most
    std::int64_t core_unit, cores, cores_each;    // in core_unit thousandths
    explicit Split(const Demand& demand);
    Need one() const;
    Piece piece(std::size_t server, std::int64_t given, std::int64_t count) const;    // `count` units behind the `given` first
  };
  std::int64_t most_on(std::size_t server, const Split& split) const;
  static Need need_of_one_server(const Demand& demand);
  template <class Walk> std::optional<Allocation> fit(const Demand& demand, Walk walk) const;
  template <class Walk> std::optional<Allocation> whole_servers(std::int32_t count, Walk walk) const;
  template <class Walk> std::optional<Allocation> one_server(const Demand& demand, Walk walk) const;
  template <class Walk> std::optional<Allocation> spread(const Demand& demand, Walk walk) const;
  std::int32_t device_for(std::size_t server, Amount share) const;
  void take_share(const Piece& piece);
  void give_share(const Piece& piece);
  void limit_devices(std::size_t server, const Capacity& other);
  void refresh(std::size_t server);
  Best leaf(std::size_t server) const;
  const Best& best(std::size_t server) const { return tree_[leaves_ + server]; }
  static Best better(const Best& a, const Best& b);

  std::vector<Resources> total_, free_;
  // What is left of the devices that are shared, by number; a whole one stands for a number that is free.
  std::vector<std::vector<Amount>> devices_;      // by server; empty until the first share is taken
  std::vector<bool> available_;
  std::vector<Best> tree_;
  std::size_t leaves_ = 1;
  std::int64_t free_servers_ = 0;
  Amount free_cores_, free_gpus_;
};

}  // namespace headroom
