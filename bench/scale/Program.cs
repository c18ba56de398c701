using Serverless.Scale;

// Prints the tables of docs/scale.md; with a file's name it writes them there, between the marks. CUSTOMERS= and SEED= look at another bank, which is not written.
var inputs = Inputs.Load();
if (Environment.GetEnvironmentVariable("CUSTOMERS") is { Length: > 0 } customers)
    inputs = inputs with { Customers = int.Parse(customers, System.Globalization.CultureInfo.InvariantCulture) };
if (Environment.GetEnvironmentVariable("SEED") is { Length: > 0 } seed)
    inputs = inputs with { Seed = int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture) };

var model = new Model(inputs, Limits.Load(), Prices.Load(), Profile.LoadAll(), PartitionKind.LoadAll());
var tables = Tables.Of(model);
if (args is [var file])
    File.WriteAllText(file, Page.With(File.ReadAllText(file), tables));
else
    Console.Write(Page.Print(tables));
