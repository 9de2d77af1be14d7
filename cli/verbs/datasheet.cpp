// headroom datasheet RUN: the fields of the EU's data sheet of data centres, from a run.
#include "analysis/summary/data_sheet.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"

namespace headroom {

void add_datasheet(CLI::App& app, Globals& globals) {
  auto file = std::make_shared<std::string>();
  CLI::App* verb = subcommand(app, globals, "datasheet", "the data sheet of a data centre after Delegated Regulation (EU) 2024/1364");
  verb->add_option("run", *file, "folder of a run, or its run.sqlite")->required();
  verb->callback([file, &globals] {
    globals.chosen = [file, &globals] {
      DataSheet const sheet = data_sheet(RunReader(*file));
      print_result(globals.format == OutputFormat::json ? to_json(sheet).dump(2) : to_text(sheet));
      return done;
    };
  });
}

}  // namespace headroom
