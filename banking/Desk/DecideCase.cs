using System.Globalization;
using NodaTime.Text;

namespace Serverless.Banking.Desk;

/// <summary>Takes a decision to its queue, once it is one that the case takes.</summary>
public sealed class DecideCase
{
    private readonly DeskQueues queues;

    internal DecideCase(DeskQueues queues) => this.queues = queues;

    /// <param name="queue">The actor has one of its roles.</param>
    /// <returns>The case afterwards. Or, first match: <see cref="DeskQueueNotFound"/>, <see cref="DeskCaseNotFound"/>, several <see cref="DeskFieldWrong"/> as
    /// <see cref="InvalidInput"/>, and what the queue says.</returns>
    /// <remarks>A decision that the case does not take any more goes to the queue all the same: it knows whether it is the repetition of one that was made.</remarks>
    public async Task<Result<DeskFile>> RunAsync(string queue, DeskDecision decision, CancellationToken cancellation)
    {
        if (queues.Find(queue) is not { } cases)
            return new DeskQueueNotFound();
        if (await cases.FindAsync(decision.Case, cancellation) is not { } file)
            return new DeskCaseNotFound();
        if (file.Decisions.FirstOrDefault(choice => choice.Code == decision.Code) is { } choice && Faults(choice, decision) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        return await cases.DecideAsync(decision, cancellation);
    }

    private static List<Invalid> Faults(DeskChoice choice, DeskDecision decision)
    {
        List<Invalid> faults = [];
        faults.AddRange(decision.Fields.Keys.Where(name => choice.Fields.All(field => field.Name != name)).Select(name => new DeskFieldWrong($"/fields/{name}")));
        faults.AddRange(choice.Fields
            .Where(field => decision.Fields.TryGetValue(field.Name, out var value) ? !IsWritten(field, value) : field.IsRequired)
            .Select(field => new DeskFieldWrong($"/fields/{field.Name}")));
        if (choice.NeedsReason == string.IsNullOrWhiteSpace(decision.Reason))
            faults.Add(new DeskFieldWrong("/reason"));
        return faults;
    }

    private static bool IsWritten(DeskField field, string value) => value.Length is > 0 and <= DeskDecision.ReasonAtMost && field.Shape switch
    {
        DeskShape.Number => decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        DeskShape.Amount => value.Split(' ') is [var amount, var code] && Currency.Find(code) is { } currency && Money.Find(amount, currency) is { Minor: >= 0 },
        DeskShape.Moment => InstantPattern.ExtendedIso.Parse(value).Success,
        DeskShape.Date => LocalDatePattern.Iso.Parse(value).Success,
        DeskShape.Code => field.Options?.Contains(value, StringComparer.Ordinal) ?? true,
        _ => true,
    };
}
