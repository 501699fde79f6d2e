"""Judges Kubernetes objects by the package kubernetes-validate, strictly, against the schemas of one version.

Standard input: a JSON list of objects; argument: the version, 1.36. Standard output: a JSON list, for each object null
or what is wrong with it. The package's own command reads its schemas anew for every object (a hundred take as long as
a thousand do here), lets an unknown kind pass with a warning, and takes an older version's schemas for one it lacks.
"""

import functools
import json
import sys

from kubernetes_validate import SchemaNotFoundError, ValidationError, utils

utils.schema_contents = functools.cache(utils.schema_contents)
utils.all_versions = functools.cache(utils.all_versions)


def fault(thing, version):
    try:
        utils.validate(thing, version, strict=True)
    except ValidationError as error:
        return f"{'/'.join(str(part) for part in error.path)}: {error.message}"
    except SchemaNotFoundError as error:
        return error.message
    return None


version = sys.argv[1]
known = dict.fromkeys(utils.major_minor(each) for each in utils.all_versions())
if version not in known:
    sys.exit(f"kubernetes-validate has no schemas of Kubernetes {version}, only of {', '.join(known)}")
json.dump([fault(thing, version) for thing in json.load(sys.stdin)], sys.stdout)
