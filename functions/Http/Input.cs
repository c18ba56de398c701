using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Turns a body into a command and collects every fault on the way.</summary>
/// <remarks>
/// What a member's type and limits say is checked before (<see cref="RequestBody.ReadBody{T}"/>); this is for what takes the bank's own types:
/// <code>
/// var input = new Input();
/// var amount = input.Money("/amount", body.Amount);
/// var iban = input.Take(Iban.Parse(body.Iban, "/iban"));
/// input.Check(body.From &lt;= body.To, () => new RangeReversed("/to"));
/// return input.Result(() => new PayInvoiceCommand(amount, iban));
/// </code>
/// A value that was faulty is null until <see cref="Result{T}(Func{T})"/>, which does not run its function then.
/// </remarks>
public sealed class Input
{
    private readonly List<Invalid> faults = [];

    public void Add(Invalid fault) => faults.Add(fault);

    public void AddRange(IEnumerable<Invalid> several) => faults.AddRange(several);

    public void Check(bool isGood, Func<Invalid> fault)
    {
        if (!isGood)
            faults.Add(fault());
    }

    /// <summary>A positive amount.</summary>
    public Money Money(string pointer, AmountDto amount) => Take(Amounts.Read(amount.Amount, amount.Currency, pointer, allowsZero: false));

    public Money MoneyOrZero(string pointer, AmountDto amount) => Take(Amounts.Read(amount.Amount, amount.Currency, pointer, allowsZero: true));

    /// <summary>The value, or its fault kept.</summary>
    /// <exception cref="InvalidOperationException">The error is no fault of the input (a refusal, say): answer it by itself.</exception>
    public T Take<T>(Result<T> result)
    {
        if (result.IsSuccess)
            return result.Value;
        switch (result.Error)
        {
            case Invalid fault:
                faults.Add(fault);
                break;
            case InvalidInput several:
                faults.AddRange(several.Faults);
                break;
            default:
                throw new InvalidOperationException($"{result.Error.Code} is no fault of the input.");
        }

        return default!;
    }

    /// <summary>What the function makes, or every fault.</summary>
    public Result<T> Result<T>(Func<T> make) => faults.Count == 0 ? make() : new InvalidInput([.. faults]);
}
