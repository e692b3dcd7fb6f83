# SPDX-License-Identifier: GPL-3.0-or-later
# The targets opencv_core and opencv_imgproc. Debian's libopencv-core-dev and libopencv-imgproc-dev come without the
# CMake package of the whole of OpenCV (and its 200 dependencies); then the two libraries are looked up by name.

find_package(OpenCV 4 QUIET COMPONENTS core imgproc)
if(NOT OpenCV_FOUND)
  find_path(LACUNA_OPENCV_INCLUDE_DIR opencv2/imgproc.hpp PATH_SUFFIXES opencv4 REQUIRED)
  foreach(module core imgproc)
    find_library(LACUNA_OPENCV_${module} opencv_${module} REQUIRED)
    add_library(opencv_${module} SHARED IMPORTED)
    set_target_properties(opencv_${module} PROPERTIES
      IMPORTED_LOCATION ${LACUNA_OPENCV_${module}}
      INTERFACE_INCLUDE_DIRECTORIES ${LACUNA_OPENCV_INCLUDE_DIR})
  endforeach()
  target_link_libraries(opencv_imgproc INTERFACE opencv_core)
  message(STATUS "Found OpenCV core and imgproc: ${LACUNA_OPENCV_INCLUDE_DIR}")
endif()
