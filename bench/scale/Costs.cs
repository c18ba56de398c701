namespace Serverless.Scale;

/// <summary>What a month costs, by what is asked for; prices are put in, not known.</summary>
internal sealed record Costs(IReadOnlyList<CostLine> Lines)
{
    public double Total => Lines.Sum(line => line.Price);

    /// <param name="month">The whole of it.</param>
    public static Costs Of(Model model, Month month)
    {
        var (inputs, prices) = (model.Inputs, model.Prices);
        var requests = month.Sessions.Served * model.RequestsPerSession;
        var messages = month.Queues.Select((queue, i) => queue.Served * inputs.Batches[i].Messages).Sum()
            + (month.Sessions.Served * inputs.PerSession.GetValueOrDefault("transfer within the bank")) + month.Queues.Where((_, i) => inputs.Batches[i].Operation != "poll of a contract").Sum(queue => queue.Served);
        var onboardings = month.Sessions.Served * inputs.PerSession.GetValueOrDefault("onboarding");
        var steps = (onboardings * inputs.StepsPerOnboarding) + (inputs.OtherWorkflowsPerCustomer * inputs.Customers * inputs.StepsPerOtherWorkflow);
        var executions = requests + messages + (2 * steps);

        // An instance is paid for while it has something to do, whatever the number of requests at once: by processor time it is one core's, and it is not the whole time that it waits.
        var processor = executions * inputs.ProcessorMsOfARequest / 1000;
        var gigabytes = (double)month.TotalRowsKept * inputs.Months * inputs.RowsBytes / 1e9;
        var units = Math.Max(1, Math.Ceiling(month.MessagesPerSecond * 2 / (model.Limits.BusPremiumUnitPerSecond.Value * inputs.TargetUtilisation)));
        return new Costs(
        [
            Line("storage calls", month.TotalCalls, "calls", month.TotalCalls / 10_000 * prices.TableCallsPer10000.Value),
            Line($"storage kept, {inputs.Months} months of it", gigabytes, "GB", gigabytes * prices.TableGigabyteMonth.Value),
            Line("executions: requests, messages, workflow steps", executions, "executions", executions / 1e6 * prices.ExecutionsPerMillion.Value),
            Line("instances' time, at 4 GB and half of a core busy", processor * 2 * 4, "GB s", processor * 2 * 4 * prices.GigabyteSecond.Value),
            Line("Service Bus, Premium", units, "units", units * prices.BusPremiumUnitMonth.Value),
            Line("workflows' hub", steps * inputs.HubCallsPerStep, "calls", steps * inputs.HubCallsPerStep / 10_000 * prices.QueueCallsPer10000.Value),
            Line("logs and traces", executions * inputs.LogBytesPerRequest / 1e9, "GB", executions * inputs.LogBytesPerRequest / 1e9 * prices.LogGigabyte.Value),
        ]);
    }

    private static CostLine Line(string what, double quantity, string unit, double price) => new(what, quantity, unit, price);
}

internal sealed record CostLine(string What, double Quantity, string Unit, double Price);
