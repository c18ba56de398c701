namespace Serverless.Banking.Bills;

/// <summary>Hears how payments ended.</summary>
/// <remarks>
/// Called at least once per payment, perhaps again after a crash, and before the payment leaves the open ones: an exception keeps the
/// payment there, and the sweeper calls again. So a listener is idempotent by the payment's id.
/// </remarks>
public interface IPaymentListener
{
    /// <summary>The invoice is paid, by hand or by authorisation.</summary>
    Task PaidAsync(Payment payment, CancellationToken cancellation);

    /// <summary>The company refused after the account was debited, the money is back, and nobody waits for the answer: tell the customer.</summary>
    Task ReturnedAsync(Payment payment, CancellationToken cancellation);
}
