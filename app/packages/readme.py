"""The file README.txt of packages: a constant of format and suite, so that a verifier can demand each of its bytes."""

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

README_GM: Final = """\
llz-package/1

人大代表联络站数据包（国密套件 gm-1：SM2、SM3、SM4）。内容已加密并签名，只有收件机关
能打开；请勿改动，原样复制即可。
Data package of a deputies' liaison station, suite gm-1 (SM2, SM3, SM4). Encrypted and
signed: only the body it is addressed to can open it. Copy it as it is; any change is noticed.

用通用工具打开的五条命令 / Five commands of common tools that open it:

  unzip PACKAGE.llz
  jq -r .payload statement.dsse.json | base64 -d
  openssl dgst -sm3 payload.sm4
  base64 -d WRAPPED | openssl pkeyutl -decrypt -inkey KEY | basenc --base16 -w 0
  openssl enc -d -sm4-ctr -K FIRST32 -iv IV -in payload.sm4 | tar -xf -

第二条显示声明；第三条的结果须与声明中的 payload.digest 一致。WRAPPED 和 IV 在声明的
payload.locks 中；FIRST32 是第四条结果的前 32 位。签名和校验码的核对见格式说明。
The second shows the statement; the third must give its payload.digest. WRAPPED and IV stand
in its payload.locks; FIRST32 are the first 32 digits that the fourth gives. How to check the
signature and the MAC is told in the description of the format, docs/package-format.md.
""".encode()
