# rm_localized_object(<variable> <object library>)
#
# Sets <variable> to the sources of a static library that holds the objects of
# <object library> and exports only what is not hidden.
#
# An archive has no version script: every symbol that one file of librm shares
# with another would be visible to whatever the archive is linked into, and
# could collide there.  So, with ELF, all objects are first linked into one,
# whose hidden symbols are then made local.  Elsewhere the archive holds the
# objects as they are, and the prefix rm_ alone keeps names apart.
function(rm_localized_object variable objects)
    if(NOT CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF" OR NOT CMAKE_OBJCOPY
            OR NOT CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
        set(${variable} $<TARGET_OBJECTS:${objects}> PARENT_SCOPE)
        return()
    endif()

    # The compiler links, as it knows the linker of its target; of the user's
    # flags only those that choose the target matter here.
    string(REGEX MATCHALL "-m(32|x32|64)|--target=[^ ]+" target "${CMAKE_C_FLAGS}")
    if(CMAKE_C_COMPILER_TARGET)
        list(APPEND target --target=${CMAKE_C_COMPILER_TARGET})
    endif()
    set(one "${CMAKE_CURRENT_BINARY_DIR}/${objects}.$<IF:$<BOOL:$<CONFIG>>,$<CONFIG>,all>.o")
    add_custom_command(OUTPUT ${one}
        COMMAND ${CMAKE_C_COMPILER} ${target} -r -nostdlib -o ${one} $<TARGET_OBJECTS:${objects}>
        COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${one}
        DEPENDS ${objects} $<TARGET_OBJECTS:${objects}>
        COMMAND_EXPAND_LISTS VERBATIM
        COMMENT "Linking the objects of librm.a into one that exports only the public symbols")
    set(${variable} ${one} PARENT_SCOPE)
endfunction()
