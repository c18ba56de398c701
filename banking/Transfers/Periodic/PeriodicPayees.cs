namespace Serverless.Banking.Transfers;

/// <summary>Finds the other customer of a standing transfer, once: it keeps its own copy (TRF-29, TRF-43).</summary>
internal sealed class PeriodicPayees(InsidePayees payees, BeneficiaryTable beneficiaries)
{
    /// <returns>Or, by the choice: <see cref="BeneficiaryNotFound"/>, <see cref="BeneficiaryTypeMismatch"/>, <see cref="BeneficiaryGone"/>,
    /// <see cref="IbanInvalid"/>, <see cref="NotThisBank"/>, <see cref="PayeeNotFound"/>.</returns>
    public async Task<Result<Payee>> FindAsync(CustomerId customer, PayeeChoice choice, CancellationToken cancellation)
    {
        switch (choice)
        {
            case PayeeChoice.OfAccount of:
                return (await payees.FindAsync(of.Account, of.Name, cancellation)).Then<Payee>(found => found.Payee);
            case PayeeChoice.OfReference of:
                return (await payees.FindAsync(customer, of.Reference, cancellation)).Then<Payee>(found => found.Payee);
            case PayeeChoice.OfBeneficiary of:
                if (await beneficiaries.FindAsync(customer, of.Beneficiary, cancellation) is not { } beneficiary)
                    return new BeneficiaryNotFound();
                if (beneficiary.Type != BeneficiaryType.Inside)
                    return new BeneficiaryTypeMismatch(beneficiary.Type);
                var known = await payees.FindAsync(beneficiary.Account, beneficiary.Name, cancellation);
                return known.Error is PayeeNotFound ? new BeneficiaryGone(of.Beneficiary) : known.Then<Payee>(found => found.Payee);
            default:
                throw new ArgumentOutOfRangeException(nameof(choice));
        }
    }
}
