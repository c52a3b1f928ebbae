"""The file README.txt of every package: a constant of the format, so that a verifier can demand each of its bytes."""

from typing import Final

README: Final = """\
llz-package/1

人大代表联络站数据包。内容已加密并签名，只有收件机关能打开；请勿改动，原样复制即可。
Data package of a deputies' liaison station. Encrypted and signed: only the body it is
addressed to can open it. Copy it as it is; any change is noticed.

用通用工具打开的四条命令 / Four commands of common tools that open it:

  unzip PACKAGE.llz
  jq -r .payload statement.dsse.json | base64 -d
  sha256sum payload.age
  age -d -i KEY payload.age | tar -xf -

第二条显示声明；第三条的结果须与声明中的 payload.digest 一致。签名的核对见格式说明。
The second shows the statement; the third must give its payload.digest. How to check the
signature is told in the description of the format, docs/package-format.md.
""".encode()
