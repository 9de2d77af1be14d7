// What the verbs of `headroom` share.
#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <string>

#include "topologies/site.h"

namespace headroom {

enum class OutputFormat { text, json };

struct Globals {
  OutputFormat format = OutputFormat::text;
  std::string progress = "auto";
  bool quiet = false;
  std::function<int()> chosen;       // the verb that was asked for, with its options
};

// One verb: adds its subcommand; when it is parsed, sets `chosen`.
using AddVerb = void (*)(CLI::App& app, Globals& globals);

void add_run(CLI::App& app, Globals& globals);
void add_validate(CLI::App& app, Globals& globals);
void add_capacity(CLI::App& app, Globals& globals);
void add_contingency(CLI::App& app, Globals& globals);
void add_cooling(CLI::App& app, Globals& globals);
void add_network(CLI::App& app, Globals& globals);
void add_bill(CLI::App& app, Globals& globals);
void add_spend(CLI::App& app, Globals& globals);
void add_programme(CLI::App& app, Globals& globals);
void add_report(CLI::App& app, Globals& globals);
void add_site(CLI::App& app, Globals& globals);
void add_trace(CLI::App& app, Globals& globals);
void add_catalogue(CLI::App& app, Globals& globals);
void add_schema(CLI::App& app, Globals& globals);
void add_weather(CLI::App& app, Globals& globals);
void add_carbon(CLI::App& app, Globals& globals);
void add_datasheet(CLI::App& app, Globals& globals);
void add_init(CLI::App& app, Globals& globals);

// A subcommand of its own, with the options every verb has.
CLI::App* subcommand(CLI::App& app, Globals& globals, const std::string& name, const std::string& what);

// stdout carries the result alone.
void print_result(const std::string& text);

// A scenario or a site by name or path; throws InputError (66).
std::filesystem::path find_file(const std::string& text, const std::vector<std::string>& kinds);

// Is it a run's folder or file? Does the file hold a site?
bool is_run(const std::filesystem::path& path);
bool is_site(const std::filesystem::path& file);

// The site of a site file, a scenario or a run.
Site site_of(const std::string& text, const std::vector<std::string>& settings = {});

// Writes beside the target and renames, so that a file is there whole or not at all. Throws OutputError.
void write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace headroom
