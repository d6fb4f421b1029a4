# Headers, both libraries, find_package(rm) and pkg-config's rm.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(FILES include/rm/rm.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/rm)
install(TARGETS rm rm_static EXPORT rm
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# librm needs no other package, so the exported targets are the whole of the
# configuration file.
set(rm_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/rm)
install(EXPORT rm NAMESPACE rm:: FILE rm-config.cmake DESTINATION ${rm_package_dir})
# While the version is 0.x a new minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/rm-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/rm-config-version.cmake DESTINATION ${rm_package_dir})

# rm.pc finds its prefix from its own place: "cmake --install --prefix" may
# choose another one than was configured.
file(RELATIVE_PATH rm_pc_prefix "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" rm_pc_prefix "${rm_pc_prefix}")
set(rm_pc_libdir "\${prefix}")
set(rm_pc_includedir "\${prefix}")
cmake_path(APPEND rm_pc_libdir "${CMAKE_INSTALL_LIBDIR}")
cmake_path(APPEND rm_pc_includedir "${CMAKE_INSTALL_INCLUDEDIR}")
configure_file(pkgconfig/rm.pc.in ${PROJECT_BINARY_DIR}/rm.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/rm.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
