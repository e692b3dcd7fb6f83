# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler launcher, linker, warnings and sanitizers, as one interface target: lacuna_options.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(lacuna_options INTERFACE)
target_compile_options(lacuna_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow
  $<$<BOOL:${LACUNA_WERROR}>:-Werror -Wno-error=maybe-uninitialized -Wno-error=array-bounds>) # g++ 12 warns of moved std::variant members
target_include_directories(lacuna_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(lacuna_options INTERFACE LACUNA_VERSION="${PROJECT_VERSION}")

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_link_options(lacuna_options INTERFACE -fuse-ld=mold)
endif()
if(LACUNA_SANITIZE)
  target_compile_options(lacuna_options INTERFACE -fsanitize=${LACUNA_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(lacuna_options INTERFACE -fsanitize=${LACUNA_SANITIZE})
endif()
if(LACUNA_COVERAGE)
  target_compile_options(lacuna_options INTERFACE --coverage)
  target_link_options(lacuna_options INTERFACE --coverage)
endif()
