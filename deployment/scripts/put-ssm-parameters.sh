#!/usr/bin/env bash
# Puts the settings of a file into AWS SSM, where AWS_SSM_PATH lets the program find them.
#
#   put-ssm-parameters.sh FILE PATH [--key KEY] [--dry-run]
#
#   FILE        lines NAME=VALUE, as in .env.example: /etc/park-downtime/api/.env
#   PATH        /park-downtime/production/api
#   --key KEY   the KMS key for secrets; without it the account's own for SSM
#
# Secrets become SecureString, the rest String; what is there already is overwritten, and what is equal left
# alone. Values are neither printed nor given as arguments. Needs boto3 in the release (--extra aws) and
# access to ssm:GetParameter, ssm:PutParameter.

set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"

file='' path='' key=''
while (($#)); do
  case $1 in
  --key) key=${2:?} && shift ;;
  --dry-run) dry_run=true ;;
  --help | -h) show_help ;;
  -*) wrong_usage "unknown: $1" ;;
  *) if [[ -z $file ]]; then file=$1; elif [[ -z $path ]]; then path=${1%/}; else wrong_usage "unknown: $1"; fi ;;
  esac
  shift
done
[[ -n $file && -n $path ]] || wrong_usage 'FILE and PATH are needed'
[[ -r $file ]] || die "$file cannot be read"
[[ $path =~ ^(/[A-Za-z0-9_.-]+)+$ ]] || wrong_usage "PATH looks like /park-downtime/production/api, not $path"
python=${PARK_PYTHON:-$PARK_ROOT/backend/current/venv/bin/python}
[[ -x $python ]] || die 'nothing has been deployed'

PARK_KEY=$key exec "$python" - "$file" "$path" "$dry_run" <<'PYTHON'
import os, sys
from dotenv import dotenv_values
from park_downtime.config.settings import KNOWN

file, path, dry_run = sys.argv[1], sys.argv[2], sys.argv[3] == "true"
known = {one.name: one for one in KNOWN if one.name != "AWS_SSM_PATH"}
values = {name: value for name, value in dotenv_values(file).items() if value and name != "AWS_SSM_PATH"}
unknown = sorted(values.keys() - known.keys())
if unknown:
    sys.exit(f"put-ssm-parameters.sh: {file} has what is no setting: {', '.join(unknown)}")
if dry_run:
    for name in values:
        print(f"would put {path}/{name} ({'SecureString' if known[name].is_secret else 'String'})")
    sys.exit()
try:
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError
except ImportError:
    sys.exit("put-ssm-parameters.sh: boto3 is not installed in the release: deploy-backend.sh --extra aws")
try:
    client = boto3.client("ssm")
    for name, value in values.items():
        full, kind = f"{path}/{name}", "SecureString" if known[name].is_secret else "String"
        try:
            there = client.get_parameter(Name=full, WithDecryption=True)["Parameter"]
        except client.exceptions.ParameterNotFound:
            there = {}
        if (there.get("Value"), there.get("Type")) == (value, kind):
            print(f"left alone: {full}")
            continue
        more = {"KeyId": os.environ["PARK_KEY"]} if os.environ["PARK_KEY"] and kind == "SecureString" else {}
        client.put_parameter(Name=full, Value=value, Type=kind, Overwrite=True, **more)
        print(f"put: {full} ({kind})")
except (BotoCoreError, ClientError) as error:
    sys.exit(f"put-ssm-parameters.sh: AWS SSM refused: {error}")
PYTHON
