// The bill of a run: what its utility meters counted, under a tariff. Made from the run file alone.
#pragma once

#include <optional>

#include "conditions/tariffs/bill.h"
#include "sim/results/run_file.h"

namespace headroom {

// What all utilities delivered together, from the start of the run. Throws InputError: no meter of theirs was recorded.
MeteredLoad metered_load(const RunReader& run);

// The tariff in the scenario that the run keeps, under conditions.tariff; absent where it names none.
std::optional<TariffSpec> tariff_of(const RunReader& run);
// Of the site in that scenario.
// The price that the run went by, as it was recorded; absent where it had none.
std::optional<DatedSeries> price_of(const RunReader& run);
// The bill of a run whose scenario names a tariff.
std::optional<ElectricityBill> bill_of(const RunReader& run);
std::string timezone_of(const RunReader& run);

// `price`: per MWh, of a tariff with real-time prices; the run's own where it is absent.
ElectricityBill bill_of(const RunReader& run, const TariffSpec& tariff, const std::optional<DatedSeries>& price = {});

}  // namespace headroom
