namespace Serverless.Banking.Customers;

/// <summary>A customer number has nine digits.</summary>
public sealed record CustomerNumberMalformed(string Field) : Invalid("customer_number_malformed", Field);
