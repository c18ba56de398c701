using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Workflows.Tests.Upgrades;

/// <summary>Every activity under its released name. It answers what the script has for the thing that it is called for.</summary>
public sealed class ScriptedActivities(Script script)
{
    [Function("PreferentialRates_Advance")]
    public object? AdvanceRateRequest([ActivityTrigger] JsonElement input) => script.Answer("PreferentialRates_Advance", input);

    [Function("Applications_Advance")]
    public object? AdvanceApplication([ActivityTrigger] JsonElement input) => script.Answer("Applications_Advance", input);

    [Function("PensionFunds_Advance")]
    public object? AdvanceFund([ActivityTrigger] JsonElement input) => script.Answer("PensionFunds_Advance", input);

    [Function("Onboarding_Advance")]
    public object? AdvanceOnboarding([ActivityTrigger] JsonElement input) => script.Answer("Onboarding_Advance", input);

    [Function("InsurancePurchases_Advance")]
    public object? AdvanceInsurancePurchase([ActivityTrigger] JsonElement input) => script.Answer("InsurancePurchases_Advance", input);

    [Function("Cancellations_Advance")]
    public object? AdvanceCancellation([ActivityTrigger] JsonElement input) => script.Answer("Cancellations_Advance", input);

    [Function("PurchaseApprovals_Settle")]
    public object? SettlePurchase([ActivityTrigger] JsonElement input) => script.Answer("PurchaseApprovals_Settle", input);

    [Function("BillPayments_AskForSettlement")]
    public object? AskForSettlement([ActivityTrigger] JsonElement input) => script.Answer("BillPayments_AskForSettlement", input);

    [Function("BillPayments_GiveUpSettlement")]
    public object? GiveUpSettlement([ActivityTrigger] JsonElement input) => script.Answer("BillPayments_GiveUpSettlement", input);

    [Function("Remittances_AskForPayout")]
    public object? AskForPayout([ActivityTrigger] JsonElement input) => script.Answer("Remittances_AskForPayout", input);

    [Function("Remittances_GiveUpPayout")]
    public object? GiveUpPayout([ActivityTrigger] JsonElement input) => script.Answer("Remittances_GiveUpPayout", input);

    [Function("InterbankTransfers_Begin")]
    public object? BeginTransfer([ActivityTrigger] JsonElement input) => script.Answer("InterbankTransfers_Begin", input);

    [Function("InterbankTransfers_ExpireScreening")]
    public object? ExpireScreening([ActivityTrigger] JsonElement input) => script.Answer("InterbankTransfers_ExpireScreening", input);

    [Function("InterbankTransfers_Send")]
    public object? SendTransfer([ActivityTrigger] JsonElement input) => script.Answer("InterbankTransfers_Send", input);

    [Function("InterbankTransfers_GiveUp")]
    public object? GiveUpTransfer([ActivityTrigger] JsonElement input) => script.Answer("InterbankTransfers_GiveUp", input);
}

/// <summary>What becomes of each thing, activity by activity.</summary>
public sealed class Script
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Queue<(string Activity, object? Answer)>> parts = [];

    public void Add(Guid thing, params (string Activity, object? Answer)[] part) => parts.Add(thing, new Queue<(string, object?)>(part));

    /// <summary>What was called and was not to come.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>How much of its script is still to come.</summary>
    public int Left(Guid thing)
    {
        lock (gate)
        {
            return parts[thing].Count;
        }
    }

    public object? Answer(string activity, JsonElement input)
    {
        lock (gate)
        {
            var part = parts.FirstOrDefault(it => input.GetRawText().Contains(it.Key.ToString(), StringComparison.OrdinalIgnoreCase)).Value;
            if (part is not null && part.TryDequeue(out var next) && next.Activity == activity)
                return next.Answer;
            Refused.Add($"{activity}({input.GetRawText()})");
            throw new InvalidOperationException($"{activity} was not to come now.");
        }
    }
}
