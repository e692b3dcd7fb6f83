# SPDX-License-Identifier: GPL-3.0-or-later
# LittleCMS and libwebp, for which CMake has no module: targets lacuna_lcms and lacuna_webp.

function(lacuna_library target header package)
  find_path(${target}_include ${header})
  set(found)
  foreach(name ${ARGN})
    find_library(${target}_${name} ${name})
    list(APPEND found ${${target}_${name}})
    if(NOT ${target}_${name} OR NOT ${target}_include)
      message(FATAL_ERROR "${name} was not found. Install ${package}.")
    endif()
  endforeach()
  add_library(${target} INTERFACE)
  target_include_directories(${target} SYSTEM INTERFACE ${${target}_include})
  target_link_libraries(${target} INTERFACE ${found})
endfunction()

lacuna_library(lacuna_lcms lcms2.h liblcms2-dev lcms2)
lacuna_library(lacuna_webp webp/mux.h libwebp-dev webpmux webp)
