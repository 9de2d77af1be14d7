// Quantities with compile-time dimensions. A quantity is the size of a double and holds SI units inside;
// a number leaves it only by dividing by a unit: `double const power_kw = power / kilowatt;`.
//
// Watts, volt-amperes and vars share a physical dimension but must not be mixed, so apparent and reactive power carry a
// marker exponent of their own. Absolute temperatures are points, not differences: see temperature.h.
#pragma once

#include <cmath>
#include <compare>

namespace headroom {

struct Dimension {
  int energy = 0, time = 0, current = 0, temperature = 0, mass = 0, volume = 0, length = 0, data = 0, money = 0;
  int apparent = 0, reactive = 0;

  constexpr bool operator==(const Dimension&) const = default;
};

constexpr Dimension operator+(Dimension a, Dimension b) {
  return {a.energy + b.energy, a.time + b.time,     a.current + b.current, a.temperature + b.temperature,
          a.mass + b.mass,     a.volume + b.volume, a.length + b.length,   a.data + b.data,
          a.money + b.money,   a.apparent + b.apparent, a.reactive + b.reactive};
}

constexpr Dimension operator-(Dimension a, Dimension b) {
  return {a.energy - b.energy, a.time - b.time,     a.current - b.current, a.temperature - b.temperature,
          a.mass - b.mass,     a.volume - b.volume, a.length - b.length,   a.data - b.data,
          a.money - b.money,   a.apparent - b.apparent, a.reactive - b.reactive};
}

template <Dimension D>
class Quantity {
 public:
  static constexpr Dimension dimension = D;

  constexpr Quantity() = default;
  // The only way in from a bare number; `si` says which unit the number has.
  static constexpr Quantity from_si(double si) { return Quantity{si}; }
  constexpr double si() const { return si_; }

  constexpr auto operator<=>(const Quantity&) const = default;
  constexpr Quantity operator-() const { return Quantity{-si_}; }
  constexpr Quantity& operator+=(Quantity b) { si_ += b.si_; return *this; }
  constexpr Quantity& operator-=(Quantity b) { si_ -= b.si_; return *this; }
  constexpr Quantity& operator*=(double b) { si_ *= b; return *this; }

 private:
  explicit constexpr Quantity(double si) : si_(si) {}
  double si_ = 0.0;
};

template <Dimension D> constexpr Quantity<D> operator+(Quantity<D> a, Quantity<D> b) { return a += b; }
template <Dimension D> constexpr Quantity<D> operator-(Quantity<D> a, Quantity<D> b) { return a -= b; }
template <Dimension D> constexpr Quantity<D> operator*(Quantity<D> a, double b) { return a *= b; }
template <Dimension D> constexpr Quantity<D> operator*(double a, Quantity<D> b) { return b *= a; }
template <Dimension D> constexpr Quantity<D> operator/(Quantity<D> a, double b) { return Quantity<D>::from_si(a.si() / b); }

template <Dimension A, Dimension B>
constexpr auto operator*(Quantity<A> a, Quantity<B> b) {
  if constexpr (A + B == Dimension{}) return a.si() * b.si();
  else return Quantity<A + B>::from_si(a.si() * b.si());
}

template <Dimension A, Dimension B>
constexpr auto operator/(Quantity<A> a, Quantity<B> b) {
  if constexpr (A - B == Dimension{}) return a.si() / b.si();
  else return Quantity<A - B>::from_si(a.si() / b.si());
}

template <Dimension D> Quantity<D> abs(Quantity<D> a) { return Quantity<D>::from_si(std::abs(a.si())); }
template <Dimension D> bool is_finite(Quantity<D> a) { return std::isfinite(a.si()); }

using Energy = Quantity<Dimension{.energy = 1}>;                                       // J
using Power = Quantity<Dimension{.energy = 1, .time = -1}>;                            // W
using ApparentPower = Quantity<Dimension{.energy = 1, .time = -1, .apparent = 1}>;     // VA
using ReactivePower = Quantity<Dimension{.energy = 1, .time = -1, .reactive = 1}>;     // var
using Current = Quantity<Dimension{.current = 1}>;                                     // A
using Voltage = Quantity<Dimension{.energy = 1, .time = -1, .current = -1}>;           // V
using Seconds = Quantity<Dimension{.time = 1}>;                                        // s, inexact; exact time is time.h
using TemperatureDifference = Quantity<Dimension{.temperature = 1}>;                   // K
using Mass = Quantity<Dimension{.mass = 1}>;                                           // kg
using Volume = Quantity<Dimension{.volume = 1}>;                                       // L
using VolumeFlow = Quantity<Dimension{.time = -1, .volume = 1}>;                       // L/s
using Length = Quantity<Dimension{.length = 1}>;                                       // m
using DataSize = Quantity<Dimension{.data = 1}>;                                       // bit
using DataRate = Quantity<Dimension{.time = -1, .data = 1}>;                           // bit/s
using EnergyPerData = Quantity<Dimension{.energy = 1, .data = -1}>;                    // J/bit
using Area = Quantity<Dimension{.length = 2}>;                                         // m2
using Irradiance = Quantity<Dimension{.energy = 1, .time = -1, .length = -2}>;             // W/m2
using Pressure = Quantity<Dimension{.energy = 1, .length = -3}>;                       // Pa
using HeatCapacity = Quantity<Dimension{.energy = 1, .temperature = -1}>;              // J/K
using ThermalConductance = Quantity<Dimension{.energy = 1, .time = -1, .temperature = -1}>;    // W/K
using CarbonIntensity = Quantity<Dimension{.energy = -1, .mass = 1}>;                  // kg/J
using Money = Quantity<Dimension{.money = 1}>;                                         // units of the run's currency

constexpr auto watt = Power::from_si(1);
constexpr auto kilowatt = Power::from_si(1e3);
constexpr auto megawatt = Power::from_si(1e6);
constexpr auto volt_ampere = ApparentPower::from_si(1);
constexpr auto kilovolt_ampere = ApparentPower::from_si(1e3);
constexpr auto var = ReactivePower::from_si(1);
constexpr auto kilovar = ReactivePower::from_si(1e3);
constexpr auto ampere = Current::from_si(1);
constexpr auto volt = Voltage::from_si(1);
constexpr auto joule = Energy::from_si(1);
constexpr auto kilowatt_hour = Energy::from_si(3.6e6);
constexpr auto second = Seconds::from_si(1);
constexpr auto hour = Seconds::from_si(3600);
constexpr auto litre = Volume::from_si(1);
constexpr auto gigabyte = DataSize::from_si(8e9);
constexpr auto kelvin = TemperatureDifference::from_si(1);
constexpr auto pascal = Pressure::from_si(1);
constexpr auto gram_per_kilowatt_hour = CarbonIntensity::from_si(1e-3 / 3.6e6);
constexpr auto bit = DataSize::from_si(1);
constexpr auto metre = Length::from_si(1);
constexpr auto gigabit_per_second = DataRate::from_si(1e9);

// S = sqrt(P^2 + Q^2).
inline ApparentPower apparent_power(Power p, ReactivePower q) {
  return ApparentPower::from_si(std::sqrt(p.si() * p.si() + q.si() * q.si()));
}

// Line current of a balanced load: I = S / (sqrt(3) V_line) on three phases, S / V on one.
inline Current line_current(ApparentPower s, Voltage line, int phases) {
  return Current::from_si(s.si() / ((phases == 3 ? std::sqrt(3.0) : 1.0) * line.si()));
}

// The inverse of line_current.
inline ApparentPower carried_by(Current current, Voltage line, int phases) {
  return ApparentPower::from_si(current.si() * (phases == 3 ? std::sqrt(3.0) : 1.0) * line.si());
}

}  // namespace headroom
