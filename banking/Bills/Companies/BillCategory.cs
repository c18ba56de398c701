namespace Serverless.Banking.Bills;

/// <summary>What a company's bills are for.</summary>
public enum BillCategory
{
    Customs,
    IncomeTax,
    PensionContribution,
    Electricity,
    Water,
    Telephone,
    PropertyTax,

    /// <summary>Services of budget organisations: ministries, regulators, fines, courts.</summary>
    BudgetService,

    Television,
}
