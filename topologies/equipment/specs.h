// What a device is: the figures of its data sheet, one struct a kind, as catalogue files write them.
// Formulas that use them are in sim/physics.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/fields.h"
#include "base/quantity.h"
#include "base/temperature.h"
#include "base/time.h"

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

// What warm air takes off a rating: so much of it for each kelvin above a temperature.
struct DeratingSpec {
  Temperature above = Temperature::from_celsius(40);
  double per_kelvin = 0;
  bool operator==(const DeratingSpec&) const = default;
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

// How long a device bears a load above its rating. Between two points the logarithm of the time is interpolated; below
// the first point it bears the load for ever, above the last one not at all.
struct OverloadPoint {
  double load = 1;           // share of the rating
  Duration time;
  bool operator==(const OverloadPoint&) const = default;
};

enum class UpsMode { double_conversion, eco };
constexpr auto names(UpsMode) { return std::array{std::pair{UpsMode::double_conversion, "double-conversion"}, std::pair{UpsMode::eco, "eco"}}; }
enum class UpsBypass { none, automatic };      // what an overload or a fault of the inverter leads to: off, or unprotected
constexpr auto names(UpsBypass) { return std::array{std::pair{UpsBypass::none, "none"}, std::pair{UpsBypass::automatic, "automatic"}}; }

struct UpsSpec : Identity {
  static constexpr const char* kind = "ups";
  Power rated_power;                           // output, of one module
  ApparentPower rated_apparent_power;
  std::vector<EfficiencyPoint> efficiency;     // three points; the loss a + b x + c x^2 goes through them
  double power_factor = 1;                     // of its input
  UpsMode mode = UpsMode::double_conversion;
  Duration transfer;                           // to its battery: none in double conversion, some ms in eco mode
  UpsBypass bypass = UpsBypass::none;
  std::vector<OverloadPoint> overload;         // empty: bears any load
  Duration walk_in;                            // from the return of its input until it takes the load back from the battery
  std::optional<DeratingSpec> derating;
  bool operator==(const UpsSpec&) const = default;
};

// Storage behind a converter: the strings of a UPS, the BBU of a rack shelf.
struct BatterySpec : Identity {
  static constexpr const char* kind = "battery";
  Energy capacity;                             // of one when new, at the discharge time `rated_time`
  Power rated_power;                           // the most that one delivers
  double health = 1;                           // share of the capacity that age has left
  double charge_efficiency = 1, discharge_efficiency = 1;
  Power charge_power;                          // what one draws until it is full; zero: nothing recharges it
  double peukert_exponent = 1;                 // k of t = H (C / (P H))^k; 1: a bucket of energy
  Duration rated_time = whole_seconds(72000);  // H
  double cycles = 0;                           // full cycles until its health has fallen to nothing; 0: does not wear
  bool operator==(const BatterySpec&) const = default;
};

struct FuelPoint {
  double load = 0;           // share of the rated power
  VolumeFlow use;            // of one generator
  bool operator==(const FuelPoint&) const = default;
};

struct GeneratorSpec : Identity {
  static constexpr const char* kind = "generator";
  Power rated_power;                           // of one
  ApparentPower rated_apparent_power;
  Duration run_up;                             // from the signal to start until it takes load
  double start_failure = 0;                    // probability per demand, of one
  double block_load = 1;                       // share of the rating that it takes at one step
  Duration block_interval;                     // between two steps
  Volume fuel;                                 // in its tank
  std::vector<FuelPoint> fuel_use;             // by load, rising; straight lines between the points
  std::vector<OverloadPoint> overload;         // empty: bears any load
  Duration cool_down;                          // runs on without load
  std::optional<DeratingSpec> derating;
  bool operator==(const GeneratorSpec&) const = default;
};

// An ATS (seconds, contacts) or an STS (milliseconds, thyristors): one source at a time, the preferred one if it lives.
struct TransferSwitchSpec : Identity {
  static constexpr const char* kind = "transfer-switch";
  Current rated_current;
  Duration detection;                          // from the loss of its source until it acts
  Duration transfer;                           // open between two sources
  Duration retransfer_delay;                   // the preferred source must have been good for so long
  bool operator==(const TransferSwitchSpec&) const = default;
};

// theta' = (i^2 - theta) / time_constant; trips at theta = trip_ratio^2. i: current over rating.
struct ThermalCurve {
  Duration time_constant;
  double trip_ratio = 1;
  bool operator==(const ThermalCurve&) const = default;
};
// t = scale exp(-rate (i - 1)) - offset, above i = 1.
struct ExponentialCurve {
  Duration scale, offset;
  double rate = 1;
  bool operator==(const ExponentialCurve&) const = default;
};

// A breaker's trip curve, currents as multiples of its rating: exactly one of the three forms.
struct BreakerSpec : Identity {
  static constexpr const char* kind = "breaker";
  std::optional<ThermalCurve> thermal;
  std::optional<ExponentialCurve> exponential;
  std::vector<OverloadPoint> points;
  double instantaneous = 0;                    // trips at once from here; 0: never
  Duration cool_down;                          // of points and exponential: time constant with which damage fades
  std::optional<double> continuous_load;       // share of the rating that it may carry for hours; what the site's code says by default
  std::optional<DeratingSpec> derating;
  bool operator==(const BreakerSpec&) const = default;
};

struct TransformerSpec : Identity {
  static constexpr const char* kind = "transformer";
  ApparentPower rated_apparent_power;
  Power no_load_loss, load_loss;               // P0; Pk at rated current
  double impedance = 0;                        // short-circuit reactance, per unit
  double no_load_current = 0;                  // magnetising, per unit
  std::optional<DeratingSpec> derating;
  bool operator==(const TransformerSpec&) const = default;
};

// A floor PDU (with a transformer), a panel, or a rack strip (without).
struct PduSpec : Identity {
  static constexpr const char* kind = "pdu";
  ApparentPower rated_apparent_power;
  Power no_load_loss, load_loss, electronics;
  double impedance = 0;
  std::optional<DeratingSpec> derating;
  bool operator==(const PduSpec&) const = default;
};

// Ports of one rate beside the others: the four of a 48-port leaf that go upwards.
struct UplinkPorts {
  int ports = 1;
  DataRate port_rate;
  bool operator==(const UplinkPorts&) const = default;
};

// P = power + (ports in use) x port_power + traffic x energy_per_bit; optics and cables come on top, each with its own.
struct SwitchSpec : Identity {
  static constexpr const char* kind = "switch";
  int ports = 1;
  DataRate port_rate;
  std::optional<UplinkPorts> uplinks;
  Power power;                                 // whenever it is fed, without optics
  Power port_power;                            // more for each port in use
  EnergyPerData energy_per_bit;                // more for the traffic that leaves it
  double power_factor = 1;
  double height = 1;                           // rack units
  bool operator==(const SwitchSpec&) const = default;
};

// A pluggable module at each end of a fibre.
enum class Fibre { multimode, single_mode };
constexpr auto names(Fibre) { return std::array{std::pair{Fibre::multimode, "multimode"}, std::pair{Fibre::single_mode, "single-mode"}}; }
struct OpticSpec : Identity {
  static constexpr const char* kind = "optic";
  DataRate rate;
  Length reach;
  Fibre fibre = Fibre::multimode;
  Power power;                                 // of one module
  bool operator==(const OpticSpec&) const = default;
};

// A cable with its ends: copper (DAC) or active optical (AOC).
enum class CableMedium { copper, active_optical };
constexpr auto names(CableMedium) { return std::array{std::pair{CableMedium::copper, "copper"}, std::pair{CableMedium::active_optical, "active-optical"}}; }
struct CableSpec : Identity {
  static constexpr const char* kind = "cable";
  DataRate rate;
  Length reach;                                // the longest that is made
  CableMedium medium = CableMedium::copper;
  Power power;                                 // of one end
  bool operator==(const CableSpec&) const = default;
};

// A network adapter, where a server's own data sheet does not count it.
struct NicSpec : Identity {
  static constexpr const char* kind = "nic";
  int ports = 1;
  DataRate port_rate;
  Power power;                                 // of one adapter
  bool operator==(const NicSpec&) const = default;
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

// What a server draws and for how long, from the return of its power until it takes jobs again.
struct ServerBoot {
  Duration time = whole_seconds(120);          // assumption, where the data sheet is silent
  std::optional<Power> power;                  // at the point of measurement of `power`; its idle power by default
  bool operator==(const ServerBoot&) const = default;
};
// What it draws beyond that at the moment of its return: capacitors, fans.
struct ServerInrush {
  Power power;
  Duration time;
  bool operator==(const ServerInrush&) const = default;
};

struct ServerSpec : Identity {
  static constexpr const char* kind = "server";
  int cores = 1;
  DataSize memory;
  int gpus = 0;
  double height = 1;                           // rack units
  Mass weight;                                 // zero: not known
  int supplies = 1;                            // power supplies, one cord each
  std::optional<Reference<PowerSupplySpec>> supply;    // of a dc server: one of these two
  std::optional<Reference<ConverterSpec>> converter;
  Power supply_rating;                         // rated output of one power supply
  double power_factor = 1;                     // at the wall, of a wall server
  ServerPower power;
  Duration hold_up = {10'000'000};             // its supplies carry full load so long without input; longer at less
  ServerBoot boot;
  std::optional<ServerInrush> inrush;
  bool operator==(const ServerSpec&) const = default;
};

}  // namespace headroom
