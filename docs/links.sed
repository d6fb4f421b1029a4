# What doxygen reads is filtered through this (sed -E): names of the interface
# become links.  In the comments of the header every name does, in the guides
# those in backticks.
s/`(rm_[a-z0-9]+(_[a-z0-9]+)*)`/[\1](@ref \1)/g
s/`(RM_[A-Z0-9]+(_[A-Z0-9]+)*)`/[\1](@ref \1)/g
/^ \*|^\/\*\*/ s/(^|[^#:A-Za-z_])(rm_[a-z0-9]+(_[a-z0-9]+)*|RM_[A-Z0-9]+(_[A-Z0-9]+)*)\>/\1#\2/g
:again
s/(\/\*\*<.*[^#:A-Za-z_])(rm_[a-z0-9]+(_[a-z0-9]+)*|RM_[A-Z0-9]+(_[A-Z0-9]+)*)\>/\1#\2/
t again
