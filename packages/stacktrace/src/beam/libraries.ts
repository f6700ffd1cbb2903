/** The applications and modules that belong to OTP, Elixir and common libraries. */

// model

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const LIBRARIES = words(`
  elixir stdlib kernel erts compiler sasl crypto ssl public_key asn1 inets mnesia runtime_tools ssh xmerl tools
  mix ex_unit iex logger eex bandit thousand_island oban telemetry db_connection postgrex myxql tds mint finch
  hackney tesla req jason poison ranch gun gen_stage flow broadway nimble_options nimble_pool sentry absinthe
  dataloader websock websock_adapter castore hpax
`)
const LIBRARY_FAMILY =
  /^(?:phoenix|plug|ecto|cowboy|cowlib|opentelemetry|otel|telemetry|swoosh)(?:_\w+)?$/

const OTP = words(`
  application application_controller application_master array atomics base64 beam_lib binary c calendar code
  code_server counters crypto dets dict digraph disk_log epp erl_anno erl_error erl_eval erl_internal erl_lint
  erl_parse erl_pp erl_scan erlang error_handler error_logger escript ets eval_bits file file_server filelib
  filename gb_sets gb_trees gen gen_event gen_fsm gen_sctp gen_server gen_statem gen_tcp gen_udp global group
  heart httpc httpd inet init io io_lib io_lib_format io_lib_pretty json lists log_mf_h logger logger_backend
  logger_server maps math mnesia net_kernel orddict ordsets os peer persistent_term pg pool prim_eval prim_file
  prim_inet proc_lib proplists public_key qlc queue rand random re rpc seq_trace sets shell shell_default slave
  socket sofs ssl string supervisor supervisor_bridge sys tar timer unicode uri_string user user_drv win32reg
  xmerl zip zlib
`)
const OTP_FAMILY = /^(?:elixir|beam|erl|erts|inet|logger|mnesia|prim|ssl|tls)_\w+$/

// guards

/** Whether an application of OTP or a common library of Elixir has this name. */
export const isLibrary = (application: string): boolean =>
  LIBRARIES.has(application) || LIBRARY_FAMILY.test(application)

/** Whether OTP has a module of this name. */
export const isOtp = (module: string): boolean => OTP.has(module) || OTP_FAMILY.test(module)
