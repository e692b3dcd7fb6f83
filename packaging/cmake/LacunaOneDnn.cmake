# SPDX-License-Identifier: GPL-3.0-or-later
# The target lacuna_onednn. Debian's CMake package of oneDNN also wants the OpenCL headers, which nothing here needs.

find_path(LACUNA_ONEDNN_INCLUDE_DIR oneapi/dnnl/dnnl.hpp REQUIRED)
find_library(LACUNA_ONEDNN_LIBRARY dnnl REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX) # oneDNN's threads; the engine sets their number
add_library(lacuna_onednn SHARED IMPORTED)
set_target_properties(lacuna_onednn PROPERTIES
  IMPORTED_LOCATION ${LACUNA_ONEDNN_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${LACUNA_ONEDNN_INCLUDE_DIR})
message(STATUS "Found oneDNN: ${LACUNA_ONEDNN_LIBRARY}")
