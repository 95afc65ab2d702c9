# Mingzhang 明账. `make` alone lists what can be done.
#   ROOT=DIR   the folder that holds data/ (default: this one)     OUT=DIR   where the site goes (default: site/)
#   TODAY=DATE the day the site is built for                       FORMAT=   text, json or github
#   BASE=      what guard, diff, report compare with: revision/folder  LEDGER=   the ledger so far (default: ledger.jsonl)
#   DIR= NAME= where a new school goes, and its name               WRITE=1    upgrade writes what it tells
#   REGISTER= FILE= TERM= YEAR=  of template and import            FILLED=1   a template with the rows that there are
#   PYTHON=    the Python that makes the virtual environment       VENV=DIR  where that is (default: .venv)
#   READY=1    everything is set up already: install nothing       TESTS=    which tests (default: all)

SHELL = /bin/sh
VENV ?= .venv
TESTS ?=
export VENV PYTHON READY

bin := $(abspath $(VENV))/bin
mingzhang := "$(bin)/mingzhang"
# The code of this very folder, also where the environment belongs to another checkout.
export PYTHONPATH := $(CURDIR)
root := $(if $(ROOT),--root "$(ROOT)") $(if $(TODAY),--today "$(TODAY)")
out := $(if $(OUT),--out "$(OUT)")
# The shell has a TERM of its own, so that only one on the command line of make counts.
folder := $(if $(filter command,$(origin TERM)),--term "$(TERM)") $(if $(YEAR),--year "$(YEAR)")
# Names of files come from strangers: neither make nor the shell expands what stands in them.
override FILE := $(value FILE)
export FILE
# A ledger that is named but not there yet: the school never had a site, and its ledger begins.
ledger := $(if $(wildcard $(LEDGER)),--ledger "$(LEDGER)")

.PHONY: help site serve data template import editor fix guard report diff new upgrade hook setup test lint check torture bench build-twice lock clean

help: ## show this list 列出可用的命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

site: setup ## check data/ and build the site into site/ 检查数据并生成网站
	@$(mingzhang) build $(root) $(out) $(ledger)

serve: setup ## preview the site while you edit data/ 边改数据边预览
	@$(mingzhang) serve $(root)

data: setup ## only check data/ 只检查数据
	@$(mingzhang) check $(root) $(ledger) $(if $(FORMAT),--format "$(FORMAT)")

template: ## a spreadsheet to fill in: make template REGISTER=fees 生成可以用 WPS 填写的模板
	@sh requirements/setup xlsx
	@$(mingzhang) template $(root) "$(or $(REGISTER),$(error REGISTER= says which register))" $(folder) $(if $(FILLED),--filled) $(out)

import: ## read a spreadsheet into data/: make import FILE=fees.xlsx 把电子表格导入 data/
	@sh requirements/setup xlsx
	$(if $(FILE),,$(error FILE= says which file))
	@$(mingzhang) import $(root) "$$FILE" $(if $(REGISTER),--register "$(REGISTER)") $(folder)

editor: ## bundle the forms of edit/ with Node 制作网页表单（要用 Node.js）
	@sh generator/editor/make

fix: setup ## mend what in data/ has only one possible meaning 自动改好只有一种意思的写法
	@$(mingzhang) fix $(root)

guard: setup ## compare data/ with what was published 检查公布过的数字有没有被悄悄改动
	@$(mingzhang) guard $(root) --base "$(or $(BASE),HEAD)" $(if $(FORMAT),--format "$(FORMAT)")

# What the environment says is not expanded by make: the name of a branch may hold anything.
report: setup ## write what a proposed change needs, as Markdown 写一份修改报告，可以贴在合并请求下面
	@$(mingzhang) report $(root) --base "$(or $(BASE),HEAD)" $(ledger) $(out) $${EDIT:+"--edit=$$EDIT"} \
		$${PREVIEW:+"--preview=$$PREVIEW"} $${RUN:+"--run=$$RUN"} $${SUMMARY:+"--summary=$$SUMMARY"} $${FAILED:+--failed}

diff: setup ## tell what a change does, compared with BASE 说明这次修改改变了什么
	@$(mingzhang) diff $(root) $(ledger) $(if $(BASE),--base "$(BASE)") $(if $(FORMAT),--format "$(FORMAT)") $(out)

new: ## begin a school: make new DIR=../books 新建一所学校的数据仓库
	@sh requirements/setup xlsx
	@$(mingzhang) new "$(or $(DIR),$(error DIR= says where))" $(if $(NAME),--name "$(NAME)")

upgrade: setup ## what this version changes for the school in ROOT 说明换用这一版会有什么变化
	@$(mingzhang) upgrade $(root) $(if $(LEDGER),--ledger "$(LEDGER)") $(if $(WRITE),--write)

hook: setup ## look for personal data before every commit 每次提交前检查个人信息
	git config core.hooksPath .githooks

setup: ## make the virtual environment 准备运行环境
	@sh requirements/setup site

test: ## run the tests 运行测试
	@sh requirements/setup test
	@sh tests/setup
	"$(bin)/python" -m pytest -n auto --dist loadfile $(TESTS)

lint: ## ruff, mypy and the import contract 检查代码
	@sh requirements/setup test
	"$(bin)/ruff" check
	"$(bin)/ruff" format --check --quiet
	"$(bin)/mypy"
	"$(bin)/lint-imports" --no-logo

check: ## everything that CI runs: lint, then test 检查代码并运行测试
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory test

torture: ## break off publications in every way and count the damage 用各种方式打断发布，检查网站是否受损
	@sh requirements/setup test
	@sh tests/setup
	"$(bin)/python" -m tests.torture

bench: ## measure the speed and write bench/RESULTS.md 测量速度
	@sh requirements/setup bench
	"$(bin)/python" -m bench

build-twice: setup ## build one commit in many surroundings and compare every byte 在多种环境中重复生成并逐字节比较
	@"$(bin)/python" -m tests.determinism

lock: ## look for newer versions and write requirements/*.txt 更新依赖的锁定版本
	@sh requirements/setup lock
	@sh requirements/lock "$(bin)/uv"

clean: ## remove what was built, also the environment 清除生成的文件
	rm -rf site .site.mingzhang .mingzhang bench/work tests/actual tests/browser/node_modules .venv *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
