using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Pensions;

/// <summary>The managers' books: funds, and contributions taken once. Every method is one step under one lock.</summary>
internal sealed class PensionManagers(PensionApplications applications)
{
    public const string Id = "pensions";

    private readonly Lock gate = new();
    private readonly PensionSeed seed = SeedData.Read<PensionSeed>("pensions.json");
    private readonly Dictionary<string, Contribution> contributions = new(StringComparer.Ordinal);

    /// <summary>A closed fund is still found, and takes nothing.</summary>
    public IReadOnlyList<Fund> Find(string? contractNumber, string? personalNumber) =>
        [.. seed.Funds.Concat(applications.All().Select(Opened).OfType<Fund>())
            .Where(fund => contractNumber is null ? fund.PersonalNumber == personalNumber : fund.ContractNumber == contractNumber)];

    /// <returns>Null when there is no such fund; <c>IsTaken</c> false when it is closed.</returns>
    public (Contribution Contribution, bool IsNew, bool IsTaken)? Take(Party party, string id, string contractNumber, Money amount)
    {
        var taken = Take(id, contractNumber, amount);
        if (taken is { IsNew: true, IsTaken: true } && applications.FindContract(contractNumber) is { } file)
            applications.Book(party, file, id, amount);
        return taken;
    }

    private (Contribution Contribution, bool IsNew, bool IsTaken)? Take(string id, string contractNumber, Money amount)
    {
        lock (gate)
        {
            if (contributions.TryGetValue(id, out var known))
            {
                contributions[id] = known with { TimesSent = known.TimesSent + 1 };
                return (contributions[id], false, known.ContractNumber == contractNumber && known.Amount == amount);
            }

            if (Find(contractNumber, null) is not [var fund])
            {
                return null;
            }

            var contribution = new Contribution(id, contractNumber, amount, 1);
            if (fund.Open)
            {
                contributions.Add(id, contribution);
            }

            return (contribution, true, fund.Open);
        }
    }

    public IReadOnlyList<Contribution> All()
    {
        lock (gate)
        {
            return [.. contributions.Values];
        }
    }

    public void Reset()
    {
        applications.Reset();
        lock (gate)
        {
            contributions.Clear();
        }
    }

    /// <summary>A fund that an application has opened.</summary>
    private static Fund? Opened(ApplicationFile file) => file.ContractNumber is { } contract
        ? new Fund(
            contract, file.Application.Holder.PersonalNumber, file.Application.Holder.Name, file.Application.ManagerId,
            file.Application.ManagerId == "pension-vera" ? "Vera Funds" : "Raja Pension", "ALL", Open: true)
        : null;
}

internal sealed record PensionSeed(IReadOnlyList<Fund> Funds);

internal sealed record Fund(string ContractNumber, string PersonalNumber, string Holder, string ManagerId, string Manager, string Currency, bool Open);

internal sealed record Contribution(string ContributionId, string ContractNumber, Money Amount, int TimesSent);
