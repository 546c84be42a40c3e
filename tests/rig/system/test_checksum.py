"""What manifests say of a file."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rig.system.checksum import checksum


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=5000))
def test_it_is_the_length_and_the_hash_of_what_is_in_it(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    assert checksum(path) == {"bytes": len(content), "sha256": digest}


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        checksum(tmp_path / "none")
