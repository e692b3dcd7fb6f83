# SPDX-License-Identifier: GPL-3.0-or-later
# Writes OUTPUT, a C++ source with the texts of all JSON files in FOLDER: cmake -DFOLDER= -DOUTPUT= -P.
file(GLOB files "${FOLDER}/*.json")
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND entries "        {\"${name}\", R\"preset(${text})preset\"},\n")
endforeach()
file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT [[
#include "engine/models/embedded_presets.h"

namespace lacuna {

std::vector<std::pair<std::string, std::string>> embedded_presets()
{
    return {
@entries@    };
}

} // namespace lacuna
]])
