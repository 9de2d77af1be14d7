// What a device is: the figures of its data sheet, one struct a kind, as catalogue files write them.
// Formulas that use them are in sim/physics.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/fields.h"
#include "base/quantity.h"

namespace headroom {

// Who made it, and where each figure comes from: key name -> citation; `default` covers the rest.
struct Identity {
  std::string name, manufacturer, model;
  std::map<std::string, std::string> sources;
  Location where;

  // The same device: wherever it was written.
  bool operator==(const Identity& other) const {
    return name == other.name && manufacturer == other.manufacturer && model == other.model && sources == other.sources;
  }
};

struct EfficiencyPoint {
  double load = 0;           // share of the rated output
  double efficiency = 1;     // output / input
  bool operator==(const EfficiencyPoint&) const = default;
};

// A server's power supply: efficiency by load, as 80 PLUS certifies it.
struct PowerSupplySpec : Identity {
  static constexpr const char* kind = "power-supply";
  std::vector<EfficiencyPoint> efficiency;
  double power_factor = 1;   // of its input
  bool operator==(const PowerSupplySpec&) const = default;
};

// Any stage whose loss is affine: P_in = (P_out + n c) / eta for n of them side by side.
struct ConverterSpec : Identity {
  static constexpr const char* kind = "converter";
  Power fixed_loss;          // c, of one
  double efficiency = 1;     // eta
  double power_factor = 1;   // of its input
  bool operator==(const ConverterSpec&) const = default;
};

struct UpsSpec : Identity {
  static constexpr const char* kind = "ups";
  Power rated_power;                           // output, of one module
  ApparentPower rated_apparent_power;
  std::vector<EfficiencyPoint> efficiency;     // three points; the loss a + b x + c x^2 goes through them
  double power_factor = 1;                     // of its input
  bool operator==(const UpsSpec&) const = default;
};

struct TransformerSpec : Identity {
  static constexpr const char* kind = "transformer";
  ApparentPower rated_apparent_power;
  Power no_load_loss, load_loss;               // P0; Pk at rated current
  double impedance = 0;                        // short-circuit reactance, per unit
  double no_load_current = 0;                  // magnetising, per unit
  bool operator==(const TransformerSpec&) const = default;
};

// A floor PDU (with a transformer), a panel, or a rack strip (without).
struct PduSpec : Identity {
  static constexpr const char* kind = "pdu";
  ApparentPower rated_apparent_power;
  Power no_load_loss, load_loss, electronics;
  double impedance = 0;
  bool operator==(const PduSpec&) const = default;
};

struct SwitchSpec : Identity {
  static constexpr const char* kind = "switch";
  int ports = 1;
  DataRate port_rate;
  Power power;
  double power_factor = 1;
  double height = 1;                           // rack units
  bool operator==(const SwitchSpec&) const = default;
};

struct IdleAndFull {
  int count = 1;
  Power idle, full;                            // of one piece
  bool operator==(const IdleAndFull&) const = default;
};
struct LinearPower {
  Power idle, full;
  bool operator==(const LinearPower&) const = default;
};
struct ComponentPower {
  std::optional<IdleAndFull> cpus, gpus;
  Power memory, network, storage, other;       // constant, of the whole server
  bool operator==(const ComponentPower&) const = default;
};

enum class MeasuredAt { wall, dc };
constexpr auto names(MeasuredAt) { return std::array{std::pair{MeasuredAt::wall, "wall"}, std::pair{MeasuredAt::dc, "dc"}}; }

// Power against load: exactly one of the three forms.
struct ServerPower {
  MeasuredAt measured_at = MeasuredAt::wall;   // at the cord, or behind the power supplies
  std::vector<Power> curve;                    // 11 points, 0 % to 100 %
  std::optional<LinearPower> linear;
  std::optional<ComponentPower> components;
  Location where;
  bool operator==(const ServerPower& other) const {
    return measured_at == other.measured_at && curve == other.curve && linear == other.linear && components == other.components;
  }
};

struct ServerSpec : Identity {
  static constexpr const char* kind = "server";
  int cores = 1;
  DataSize memory;
  int gpus = 0;
  double height = 1;                           // rack units
  int supplies = 1;                            // power supplies, one cord each
  std::optional<Reference<PowerSupplySpec>> supply;    // of a dc server: one of these two
  std::optional<Reference<ConverterSpec>> converter;
  Power supply_rating;                         // rated output of one power supply
  double power_factor = 1;                     // at the wall, of a wall server
  ServerPower power;
  bool operator==(const ServerSpec&) const = default;
};

}  // namespace headroom
