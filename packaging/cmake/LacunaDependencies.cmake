# SPDX-License-Identifier: GPL-3.0-or-later
# Every library the project uses is found here, once. Debian package names: packaging/debian-packages.txt.

find_package(Threads REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
find_package(TIFF REQUIRED)
include(LacunaPictureLibraries)
find_package(ZLIB REQUIRED) # CRC-32
find_package(OpenSSL REQUIRED COMPONENTS Crypto) # SHA-256
find_package(nlohmann_json 3.10 REQUIRED)

if(NOT LACUNA_CORE_ONLY)
  find_package(CLI11 2.1 REQUIRED)
  include(LacunaOpenCV)
  include(LacunaOneDnn)
  # Debian's Caffe2 package asks for protobuf only to check its version; LibTorch 2.x does not.
  find_package(Torch REQUIRED)
endif()

if((LACUNA_BUILD_UI OR LACUNA_TESTS) AND NOT (LACUNA_CORE_ONLY AND NOT LACUNA_TESTS))
  set(lacuna_qt_components Core)
  if(LACUNA_BUILD_UI AND NOT LACUNA_CORE_ONLY)
    list(APPEND lacuna_qt_components Gui Network Widgets)
  endif()
  if(LACUNA_TESTS)
    find_package(Qt6 6.4 QUIET OPTIONAL_COMPONENTS Test)
  endif()
  find_package(Qt6 6.4 COMPONENTS ${lacuna_qt_components})
  if(LACUNA_BUILD_UI AND NOT LACUNA_CORE_ONLY AND NOT Qt6Widgets_FOUND)
    message(FATAL_ERROR "Qt 6 Widgets was not found. Install qt6-base-dev, or configure with -DLACUNA_BUILD_UI=OFF.")
  endif()
  if(LACUNA_TESTS AND NOT Qt6Test_FOUND)
    message(STATUS "Qt 6 Test was not found: the tests are not built")
    set(LACUNA_TESTS OFF)
  endif()
endif()
