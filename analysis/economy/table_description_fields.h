// The keys of input-output tables. Included where they are read, echoed or turned into a schema, nowhere else.
#pragma once

#include "analysis/economy/table_description.h"

namespace headroom {

void fields(auto& v, TableFiles& s) {
  v("table", s.table, optional, "cells of 'imported-rows' and 'import-column'");
  v("use", s.use, optional, "of 'us-bea': what each industry uses of each commodity, value added, final uses");
  v("make", s.make, optional, "of 'us-bea': what each industry makes of each commodity");
  v("import", s.import, optional, "of 'us-bea': the imported part of the use table");
  v("sectors", s.sectors, optional, "of 'us-bea': code and name of each industry");
}
void fields(auto& v, TableColumns& s) {
  v("household_use", s.household_use, optional.one_or_list(), "what households buy; without it there is no Type II");
  v("investment", s.investment, optional.one_or_list(), "fixed investment");
  v("other_use", s.other_use, optional.one_or_list(), "government, stocks and what else is a final use");
  v("exports", s.exports, optional.one_or_list(), "final use abroad");
  v("imports", s.imports, optional, "of 'import-column': all that is imported of the sector's product, above zero");
  v("total", s.total, optional, "a sector's output; of an imported row all that is imported");
}
void fields(auto& v, TableRows& s) {
  v("wages", s.wages, optional.one_or_list(), "compensation of employees");
  v("other_value_added", s.other_value_added, optional.one_or_list(), "taxes less subsidies, depreciation, surplus");
  v("output", s.output, optional, "a sector's output again: inputs and value added");
  v("jobs", s.jobs, optional, "people employed, in persons");
}
void fields(auto& v, TableDescription& s) {
  v("name", s.name, required.filled(), "the name it is called by; the stem of its file");
  v("title", s.title, required.filled(), "what stands beside every figure drawn from it");
  v("country", s.country, optional, "whose economy, as price_levels.csv calls it: a site elsewhere is told so");
  v("format", s.format, required, "where imported inputs are: in rows of their own, in one column for all uses, or in a table of the US Bureau of Economic Analysis");
  v("classification", s.classification, required, "by which codes spending classes find their sector");
  v("map", s.map, optional.filled(), "from a code of the classification to one of the table; by default they are the same");
  v("files", s.files, required, "its cells");
  v("year", s.year, required.between(1950, 2100), "of the structure and of the money");
  v("currency", s.currency, required.filled(), "three capital letters");
  v("unit", s.unit, required.positive(), "money in a cell that says 1: 1000000 of a table in millions");
  v("rounding", s.rounding, required.positive(), "the cells are rounded to multiples of it: 0.01 of a table with two decimals");
  v("columns", s.columns, optional, "what its columns are called");
  v("rows", s.rows, optional, "what its rows are called");
  v("source", s.source, required.filled(), "who published it");
}

void check(const TableDescription& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
