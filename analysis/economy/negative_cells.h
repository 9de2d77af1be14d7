// Inputs and value added below zero: scrap, subsidies and the rounding of imports make them. Small ones are warnings
// that name the cell, large ones errors.
#pragma once

#include <functional>

#include "analysis/economy/input_output.h"

namespace headroom {

// Where the cell of a row and a column is, by position; an empty file where it is worked out from several.
using CellPlace = std::function<Location(std::size_t row, std::size_t column)>;

// Throws InputError: an input below minus a tenth of the buyer's output.
void check_negative_inputs(const Matrix& inputs, const char* which, const CellPlace& place, InputOutputTable& table);

// "table.csv:12:7: "
std::string short_place(const Location& where);

}  // namespace headroom
