"""A private Dovecot (2.3 or 2.4, root or not) on free ports, ended by its own pid."""

from __future__ import annotations

import contextlib
import ctypes
import grp
import imaplib
import itertools
import os
import pwd
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

HOST = "127.0.0.1"
PASSWORD = "pw-of-the-test"
USERS = 2_000
READY_WITHIN_S = 20
_NEEDED = "Dovecot is needed for these tests: apt-get install dovecot-imapd dovecot-lmtpd"


@dataclass(frozen=True)
class Account:
    """A mailbox of its own: tests that each take a fresh one can run side by side."""

    server: Dovecot
    user: str
    password: str = PASSWORD
    host: str = HOST

    @property
    def port(self) -> int:
        return self.server.imap_port

    @property
    def maildir(self) -> Path:
        return self.server.root / "mail" / self.user

    @property
    def address(self) -> str:
        """Where LMTP takes mail for it; `user+detail@example.org` too."""
        return f"{self.user}@example.org"

    def imap(self, folder: str | None = "INBOX") -> imaplib.IMAP4:
        """A plain connection, logged in, for tests to look with."""
        client = imaplib.IMAP4(self.host, self.port, timeout=20)
        client.login(self.user, self.password)
        if folder is not None:
            client.select(folder)
        return client

    def append(self, raw: bytes, internaldate: datetime | None = None, folder: str = "INBOX") -> int:
        """APPEND a mail and return its UID. internaldate: aware."""
        with self.imap(folder=None) as client:
            when = imaplib.Time2Internaldate(internaldate) if internaldate else ""
            kind, answer = client.append(folder, "", when, raw)
            assert kind == "OK", answer
            found = re.search(rb"APPENDUID \d+ (\d+)", answer[0])
            assert found, answer
            return int(found[1])

    def fill(self, mails: Iterable[tuple[bytes, datetime]]) -> None:
        """Put many mails into INBOX at once, by way of the maildir: the file's time is the INTERNALDATE."""
        self.all_in("INBOX")  # Dovecot makes the folders
        owner = self.maildir.stat()
        for number, (raw, at) in enumerate(mails):
            name = f"{int(at.timestamp())}.M{number:06d}P{next(self.server.serial)}.test"
            path = self.maildir / "tmp" / name  # Dovecot takes what is in new at once, whole or not
            path.write_bytes(raw)
            os.chown(path, owner.st_uid, owner.st_gid)
            os.utime(path, (at.timestamp(), at.timestamp()))
            path.rename(self.maildir / "new" / name)
        self.all_in("INBOX")  # and gives them their UIDs

    def deliver_lmtp(self, raw: bytes, mail_from: str = "sender@example.org", rcpt_to: str = "") -> None:
        """Deliver a mail as an MTA would; INTERNALDATE is now."""
        with smtplib.LMTP(HOST, self.server.lmtp_port, timeout=20) as client:
            client.sendmail(mail_from, [rcpt_to or self.address], raw)

    def all_in(self, folder: str) -> list[int]:
        """The UIDs in a folder; nothing when there is no such folder."""
        with self.imap(folder=None) as client:
            if client.select(folder)[0] != "OK":
                return []
            return [int(uid) for uid in client.uid("SEARCH", "ALL")[1][0].split()]

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        """The flags of each mail by UID, without \\Recent."""
        with self.imap(folder) as client:
            if not (uids := client.uid("SEARCH", "ALL")[1][0].split()):
                return {}
            lines = client.uid("FETCH", b",".join(uids).decode(), "(UID FLAGS)")[1]
        found = (re.search(r"UID (\d+) FLAGS \(([^)]*)\)", line.decode()) for line in lines if line)
        return {int(m[1]): set(m[2].split()) - {"\\Recent"} for m in found if m}

    def imap_pids(self) -> list[int]:
        """The server processes that serve this account now (to be stopped or killed by a test)."""
        return [pid for pid, words in self.server.children("imap") if re.search(rf"\[{self.user} ", words)]

    def reset_uidvalidity(self) -> None:
        """Give INBOX another UIDVALIDITY and its mails the UIDs from 1 on (R17); nobody may be logged in."""
        uidlist = self.maildir / "dovecot-uidlist"
        header = uidlist.read_text().splitlines()[0]
        found = re.search(r"\bV(\d+)", header)
        assert found, header
        owner = uidlist.stat()
        uidlist.write_text(f"3 V{int(found[1]) + 1} N1\n")
        os.chown(uidlist, owner.st_uid, owner.st_gid)
        for path in self.maildir.glob("dovecot.index*"):
            path.unlink()


class Dovecot:
    """The server; `account` is one account of it, whose attributes are offered here too."""

    def __init__(self) -> None:
        binary = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
        if binary is None:
            raise RuntimeError(_NEEDED)
        self.root = Path(tempfile.mkdtemp(prefix="mfdc", dir="/tmp"))
        self.root.chmod(0o755)
        self.imap_port, self.lmtp_port = free_port(), free_port()
        self.serial = itertools.count(1)
        self._users = itertools.count(1)
        self._write_files(binary)
        with open(self.root / "out", "wb") as out:
            self._master = subprocess.Popen(
                [binary, "-F", "-c", str(self.root / "conf")], stdout=out, stderr=out, preexec_fn=_end_with_parent
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        self.account = self.fresh_user()

    host = HOST

    @property
    def user(self) -> str:
        return self.account.user

    @property
    def password(self) -> str:
        return self.account.password

    @property
    def maildir(self) -> Path:
        return self.account.maildir

    def append(self, raw: bytes, internaldate: datetime | None = None, folder: str = "INBOX") -> int:
        return self.account.append(raw, internaldate, folder)

    def deliver_lmtp(self, raw: bytes, mail_from: str = "sender@example.org", rcpt_to: str = "") -> None:
        self.account.deliver_lmtp(raw, mail_from, rcpt_to)

    def fresh_user(self) -> Account:
        """A new, empty account."""
        number = next(self._users)
        assert number <= USERS, "more accounts than the users file names"
        return Account(self, f"u{number}")

    def children(self, name: str) -> list[tuple[int, str]]:
        """Our own server processes of that name: pid and command line."""
        found = []
        for proc in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if proc.name.isdigit() and int((proc / "stat").read_text().rsplit(")", 1)[1].split()[1]) == self.pid:
                    words = (proc / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    if (proc / "comm").read_text().strip() == name:
                        found.append((int(proc.name), words))
        return found

    @property
    def pid(self) -> int:
        return self._master.pid

    def stop(self) -> None:
        """End the server and remove its folder; processes that a test has stopped are woken first."""
        if self._master.poll() is None:
            for pid, _ in self.children("imap"):
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGCONT)
            self._master.terminate()
            try:
                self._master.wait(10)
            except subprocess.TimeoutExpired:
                self._master.kill()
                self._master.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def _write_files(self, binary: str) -> None:
        owner = pwd.getpwnam("mail") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        mail = self.root / "mail"
        mail.mkdir()
        if os.geteuid() == 0:
            os.chown(mail, owner.pw_uid, owner.pw_gid)
        users = self.root / "users"
        users.write_text("".join(f"u{n}:{{PLAIN}}{PASSWORD}::::::\n" for n in range(1, USERS + 1)))
        users.chmod(0o644)
        version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
        template = _CONF_23 if version.startswith("2.3") else _CONF_24
        conf = template + _LISTENERS_23 if version.startswith("2.3") else template + _LISTENERS_24
        if os.geteuid() != 0:
            conf += _NOT_ROOT.replace("SELF", owner.pw_name).replace("GROUP", grp.getgrgid(owner.pw_gid).gr_name)
        for name, value in {
            "ROOT": str(self.root),
            "OWNER": str(owner.pw_uid),
            "OGROUP": str(owner.pw_gid),
            "IMAP_PORT": str(self.imap_port),
            "LMTP_PORT": str(self.lmtp_port),
        }.items():
            conf = re.sub(rf"\b{name}\b", value, conf)
        (self.root / "conf").write_text(conf)

    def _wait_until_ready(self) -> None:
        ends_at = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < ends_at and self._master.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.imap_port), 2) as sock:
                if sock.recv(100).startswith(b"* OK"):
                    return
            time.sleep(0.02)
        said = [p.read_text(errors="replace") for p in (self.root / "out", self.root / "log") if p.exists()]
        raise RuntimeError("Dovecot did not start: " + "\n".join(said)[-2000:])


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listened on just now."""
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return int(sock.getsockname()[1])


def _end_with_parent() -> None:
    """Let the kernel end the server when the test run is killed (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


_CONF_23 = """
base_dir = ROOT/run
state_dir = ROOT/state
log_path = ROOT/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
auth_mechanisms = plain login
disable_plaintext_auth = no
auth_username_format = %Ln
mail_location = maildir:ROOT/mail/%n
mail_fsync = never
mail_max_userip_connections = 50
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
first_valid_uid = 1
verbose_proctitle = yes
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = ROOT/users
}
userdb {
  driver = passwd-file
  args = ROOT/users
  default_fields = uid=OWNER gid=OGROUP home=ROOT/mail/%n
}
namespace inbox {
  inbox = yes
  separator = /
}
"""
_CONF_24 = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = ROOT/run
state_dir = ROOT/state
log_path = ROOT/log
protocols {
  imap = yes
  lmtp = yes
}
listen = 127.0.0.1
ssl = no
auth_mechanisms = plain login
auth_allow_cleartext = yes
auth_username_format = %{user | username | lower}
mail_driver = maildir
mail_home = ROOT/mail/%{user | username}
mail_path = ROOT/mail/%{user | username}
mail_uid = OWNER
mail_gid = OGROUP
mail_fsync = never
mail_max_userip_connections = 50
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
first_valid_uid = 1
verbose_proctitle = yes
auth_failure_delay = 0
passdb passwd-file {
  passwd_file_path = ROOT/users
}
userdb passwd-file {
  passwd_file_path = ROOT/users
}
namespace inbox {
  inbox = yes
  separator = /
}
"""
_LISTENERS_23 = """
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  inet_listener imap {
    port = IMAP_PORT
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = LMTP_PORT
  }
}
"""
_LISTENERS_24 = _LISTENERS_23.replace("address = 127.0.0.1", "listen = 127.0.0.1")
_NOT_ROOT = """
default_internal_user = SELF
default_internal_group = GROUP
default_login_user = SELF
service imap-login {
  chroot =
}
service anvil {
  chroot =
}
"""
