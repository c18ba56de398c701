using System.Diagnostics;
using Serverless.Bench;

// QUICK=1: a minute's run. BILLS=number: of the autopay. JSON=file: the rows as JSON too. CALLS=1: lists the storage calls behind the counts. ONLY=word: these measurements.
var isQuick = Environment.GetEnvironmentVariable("QUICK") is { Length: > 0 } and not "0";
var listsCalls = Environment.GetEnvironmentVariable("CALLS") is { Length: > 0 } and not "0";
var only = Environment.GetEnvironmentVariable("ONLY") ?? "";
var watch = Stopwatch.StartNew();
await using var azurite = await BenchStorage.StartAsync();
var plan = new Plan(azurite.ConnectionString, () => azurite.ProcessorTime!.Value, isQuick, listsCalls);
IMeasurement[] measurements = [new StartUp(), new EmptyFunction(), new StorageCalls(), new TransferRate(), new PaymentRate(), new HistoryPage(), new DomainRate(), new WorkflowRate(), new OnboardingsAtOnce(), new LoginTiming(), new Autopay(), new ScaleProfile()];
var rows = new List<Row>();
foreach (var measurement in measurements.Where(one => one.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
{
    var before = watch.Elapsed;
    rows.AddRange(await measurement.RunAsync(plan));
    await Console.Error.WriteLineAsync($"{measurement.Name}: {(watch.Elapsed - before).TotalSeconds:0.0} s");
}

Report.Print(rows, Console.Out);
if (Environment.GetEnvironmentVariable("JSON") is { Length: > 0 } file)
    await Report.WriteAsync(rows, file);
